namespace QuantumNet.Snapshots.Parts;

/// <summary>Tells a cloud without Nova from one whose Nova does not answer.</summary>
internal static class MissingService
{
    private const int NotFound = 127;

    /// <summary>Whether a question to Nova failed since there is none: no client for it, or no endpoint
    /// (keystoneauth1, access/service_catalog.py and exceptions/catalog.py: their words).</summary>
    public static bool IsCompute(CommandOutput output) =>
        (output.ExitStatus == NotFound && output.Argv is ["nova", ..])
        || output.StandardError.Contains("endpoint for compute service", StringComparison.Ordinal)
        || output.StandardError.Contains("Could not find requested endpoint in Service Catalog",
            StringComparison.Ordinal);
}
