using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Access.ControlPlane;

/// <summary>What can go wrong with a client on a controller.</summary>
internal static class ClientErrors
{
    public static QuantumError NoClient(string node) => new()
    {
        Id = "ClientNotFound",
        Category = QuantumErrorCategory.NotInstalled,
        Target = node,
        Message = $"Node '{node}' has none of the clients openstack, neutron and quantum.",
        Advice = "Install python3-openstackclient there, name another node in the inventory's 'controlPlane', "
            + "or use \"source\": \"api\".",
    };

    public static QuantumError NotAuthenticated(string node, string environmentFile, string said) => new()
    {
        Id = "ClientNotAuthenticated",
        Category = QuantumErrorCategory.AuthenticationError,
        Target = node,
        Message = $"The client on '{node}' could not log in: {said}.",
        Advice = environmentFile.Length > 0
            ? $"Check that '{environmentFile}' can be read on '{node}', and the OS_* variables that it sets."
            : "Name the file that sets the OS_* variables there: "
                + "-EnvironmentFile of Connect-Quantum, or 'controlPlane.environmentFile' in the inventory.",
    };

    public static QuantumError Failed(string kind, CommandOutput output, string said) => new()
    {
        Id = output.TimedOut ? "ClientTimeout" : "ClientFailed",
        Category = output.TimedOut ? QuantumErrorCategory.OperationTimeout : QuantumErrorCategory.InvalidData,
        Target = output.ComputerName,
        Message = output.TimedOut
            ? $"'{output.Command}' on '{output.ComputerName}' ran past its deadline."
            : $"'{output.Command}' on '{output.ComputerName}' gave no {kind} records: {said}.",
        Advice = "Run it there by hand to see more.",
    };

    /// <summary>What a client complained of: its last line, bounded.</summary>
    public static string LastLine(string error)
    {
        string last = error.TrimEnd();
        last = last[(last.LastIndexOf('\n') + 1)..].Trim().TrimEnd('.');
        return last.Length == 0 ? "it says nothing" : last.Length > 300 ? last[..300] + "..." : last;
    }

    /// <summary>Whether a client complains that it cannot log in (keystoneauth's and the old clients' words).</summary>
    public static bool IsLoginTrouble(string error)
    {
        ReadOnlySpan<string> words =
        [
            "HTTP 401", "Unauthorized", "Missing value auth-url", "auth_url", "You must provide a username",
            "Could not find versioned identity endpoints", "Unable to establish connection to",
            "Invalid user credentials", "Failed to discover available identity versions", "Set a username with",
        ];
        foreach (string word in words)
        {
            if (error.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
