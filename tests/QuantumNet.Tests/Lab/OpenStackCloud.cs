using System.Diagnostics;
using System.Text.Json;
using QuantumNet.Pipeline;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Lab;

/// <summary>The real OpenStack that the environment names. QUANTUMNET_OPENSTACK_LAB names an instance's port in it,
/// QUANTUMNET_OPENSTACK_SSH an ssh_config that knows controller, compute1 and netnode, QUANTUMNET_OPENSTACK_RC the
/// controller's file that sets <c>OS_*</c>; for the API they must be set here too. QUANTUMNET_OPENSTACK_GUEST is what
/// stands before a command that is to run in the instance.</summary>
internal static class OpenStackCloud
{
    public const string ComputeNode = "compute1", NetworkNode = "netnode";

    public static string Port { get; } = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_LAB") ?? "";
    public static string Guest { get; } = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_GUEST") ?? "";

    private static readonly string s_ssh = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_SSH") ?? "";

    /// <summary>The inventory, as a user writes it.</summary>
    /// <param name="source">What tells of the records: <c>client</c>, <c>api</c> or <c>none</c>.</param>
    public static byte[] Inventory(string source) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        nodes = new[] { new { name = "controller", roles = new[] { "controller" } }, new { name = ComputeNode,
            roles = new[] { "compute" } }, new { name = NetworkNode, roles = new[] { "network" } } },
        ssh = new { configFile = s_ssh },
        controlPlane = new
        {
            source,
            node = "controller",
            authUrl = source == "api" ? Environment.GetEnvironmentVariable("OS_AUTH_URL") : null,
            environmentFile = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_RC"),
        },
    });

    /// <summary>What a cmdlet says of it. That it has no Nova is told, and stands in no verdict's way.</summary>
    public static TestHost Run(SourceCmdlet cmdlet, string source)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Inventory(source));
            cmdlet.Inventory = path;
            return new TestHost().Run(cmdlet);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Runs a script on a node.</summary>
    public static string OnNode(string node, string script) => Shell("ssh", "-F", s_ssh, node, script);

    /// <summary>Runs a script in the instance.</summary>
    public static string InGuest(string script)
    {
        string[] words = Guest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Shell(words[0], [.. words[1..], "sh", "-c", script]);
    }

    private static string Shell(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output
            : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {errors.Result}");
    }
}
