using System.Globalization;

namespace QuantumNet.Tests.Lab;

/// <summary>How much the lab tests do, from the environment.</summary>
internal static class Settings
{
    /// <summary>Every fault, not a handful.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1";

    /// <summary>Only faults whose code (and variant) begins so; comma between them.</summary>
    private static readonly string[] s_faults = (Environment.GetEnvironmentVariable("QUANTUMNET_FAULTS") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Only these kinds of clouds, as <see cref="LabVariants"/> names them.</summary>
    public static string[] Variants { get; } = (Environment.GetEnvironmentVariable("QUANTUMNET_VARIANTS") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether faults are named.</summary>
    public static bool NamesFaults => s_faults.Length > 0;

    /// <summary>Whether a fault is.</summary>
    public static bool IsNamed(LabFault fault) =>
        s_faults.Any(name => fault.ToString().StartsWith(name, StringComparison.Ordinal));

    /// <summary>How often what may depend on chance is done.</summary>
    public static int Repeats { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("QUANTUMNET_REPEAT"), CultureInfo.InvariantCulture,
            out int times) ? times : 1;

    /// <summary>What random choices start from.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("QUANTUMNET_SEED"), CultureInfo.InvariantCulture, out int seed)
            ? seed : Random.Shared.Next(1_000_000);
}
