using System.Globalization;
using QuantumNet.Binding;
using QuantumNet.Faults;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Gets the catalogue of checks: what each code means, what it needs, and what to do about it.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumCheck")]
[OutputType(typeof(CheckInfo))]
public sealed class GetQuantumCheckCommand : QuantumCmdlet
{
    private const int LayerPrefix = 3;      // QN4 of QN4001
    private const int MaximumListed = 5;

    /// <summary>Codes, wildcards allowed: QN4002, QN5*; results and findings pipe theirs.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cause")]
    [ArgumentCompleter(typeof(CheckCompleter))]
    [TextOnly]
    [System.Management.Automation.AllowNull]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[]? Code { get; set; } = ["*"];

    /// <summary>Layers, wildcards allowed: Iptables, Tunnel ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerCompleter))]
    [SupportsWildcards]
    public string[] Layer { get; set; } = [];

    private protected override void Begin()
    {
        string[] layers = [.. CheckCatalog.All.Select(check => check.Layer).Distinct()];
        foreach (string layer in Layer)
        {
            if (!Wildcard.IsPattern(layer) && !layers.Contains(layer, StringComparer.OrdinalIgnoreCase))
                CommandHost.Error(Errors.NameNotFound(NameKind.Layer, layer, layers));
        }
    }

    private protected override void Process()
    {
        foreach (string code in Code ?? [])
        {
            if (string.IsNullOrEmpty(code))
                continue;           // a result that is Ok has no cause
            CheckInfo[] found = [.. CheckCatalog.All.Where(Filter(code).Matches)];
            if (found.Length == 0 && !Wildcard.IsPattern(code))
                CommandHost.Error(Errors.CheckNotFound(code, Nearest(code)));
            foreach (CheckInfo check in found)
                CommandHost.Object(check);
        }
    }

    private Filter<CheckInfo> Filter(string code) => new Filter<CheckInfo>()
        .Name([code], check => check.Code)
        .Name(Layer, check => check.Layer);

    /// <summary>Those of the same layer whose numbers are nearest, or else those that are spelled nearly so.</summary>
    private static string Nearest(string code)
    {
        string[] codes = [.. CheckCatalog.All.Select(check => check.Code)];
        string[] ofLayer = code.Length < LayerPrefix ? []
            : Array.FindAll(codes, one => one.StartsWith(code[..LayerPrefix], StringComparison.OrdinalIgnoreCase));
        return string.Join(", ", ofLayer.Length == 0 ? Suggestion.Nearest(code, codes)
            : ofLayer.OrderBy(one => Math.Abs(Number(one) - Number(code))).Take(MaximumListed)
                .Order(StringComparer.Ordinal));
    }

    private static long Number(string code) =>
        uint.TryParse(code[2..], NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : 0;
}
