using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Tests inventory files: tells all that is wrong in one, with line and column. No node is asked.</summary>
[Cmdlet(VerbsDiagnostic.Test, "QuantumInventory", DefaultParameterSetName = PathSet)]
[OutputType(typeof(QuantumInventoryResult))]
[OutputType(typeof(bool))]
public sealed class TestQuantumInventoryCommand : QuantumCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";

    private bool _isGood = true;

    /// <summary>Inventory files; wildcards in the last part of a path fit several.</summary>
    [TextOnly(OrFile = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files as they are named: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet)]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Emits only true (every file is good) or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        // What nothing fits is not a good file, either.
        var choice = new PathChoice(CommandHost, path =>
        {
            _isGood = false;
            return AccessErrors.InventoryMissing(path);
        });
        foreach (string path in choice.Of(Path, LiteralPath))
        {
            try
            {
                Emit(InventoryFile.Judge(path));
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
