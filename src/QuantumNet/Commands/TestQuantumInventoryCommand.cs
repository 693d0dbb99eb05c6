using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Tests inventory files: tells all that is wrong in one, with line and column. No node is asked.</summary>
[Cmdlet(VerbsDiagnostic.Test, "QuantumInventory")]
[OutputType(typeof(QuantumInventoryResult))]
[OutputType(typeof(bool))]
public sealed class TestQuantumInventoryCommand : QuantumCmdlet
{
    private bool _isGood = true;

    /// <summary>Inventory files.</summary>
    [TextOnly(OrFile = true)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Emits only true (every file is good) or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        foreach (string path in Path)
        {
            try
            {
                Emit(InventoryFile.Judge(CommandHost.ResolvePath(path)));
            }
            catch (QuantumException e)
            {
                _isGood = false;
                CommandHost.Error(e.Error);
            }
        }
    }

    private protected override void End()
    {
        if (IsOn(Quiet))
            CommandHost.Object(_isGood);
    }

    private void Emit(QuantumInventoryResult result)
    {
        _isGood &= result.Status == DhcpPathStatus.Ok;
        if (!IsOn(Quiet))
            CommandHost.Object(result);
    }
}
