using QuantumNet.Tests.ControlPlane;

namespace QuantumNet.Tests.Access;

/// <summary>Anybody on a machine may read the command lines of its processes: strace(1) tells every one that a whole
/// run starts, here and on its node, and none holds a password or a token.</summary>
public sealed class CommandLineSecretTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-argv-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("Save-QuantumSnapshot", "kept.zip", 3)]
    [InlineData("Test-DhcpPath", "vm1", 0)]
    public void No_command_line_of_a_run_holds_what_the_api_is_given(string cmdlet, string argument, int onNode)
    {
        Strace.Need();
        using FakeCloud cloud = new();
        string inventory = Path.Combine(_folder, "inventory.json"), list = Path.Combine(_folder, "programs");
        File.WriteAllText(inventory, $$"""
            { "nodes": [{ "name": "node1", "transport": "local" }],
              "controlPlane": { "source": "api", "authUrl": "{{cloud.Url}}/identity/v3" } }
            """);
        if (argument.EndsWith(".zip", StringComparison.Ordinal))
            argument = Path.Combine(_folder, argument);

        Strace.Run(Variables(), "dotnet", ["-f", "-v", "-s", "1000000", "-e", "trace=execve,execveat", "-o", list],
            Strace.Quantumnet(cmdlet, argument, "-Inventory", inventory, "-Verbose"));

        // execve("/bin/sh", ["sh", "-s"], ["A=B", ...]) = 0: what the second brackets hold only its user may read.
        string[] started = [.. File.ReadLines(list).Where(line => line.Contains("execve", StringComparison.Ordinal))];
        string[] commandLines = [.. started.Select(line => line.Split("], [", 2)[0])];
        Assert.Contains(cloud.Heard, request => request.Token == cloud.CurrentToken);
        Assert.DoesNotContain(commandLines, line => line.Contains(FakeCloud.Password, StringComparison.Ordinal)
            || line.Contains("-opaque", StringComparison.Ordinal));
        Assert.Contains(started, line => line.Contains(FakeCloud.Password, StringComparison.Ordinal));
        Assert.True(commandLines.Count(line => line.Contains("ovs-", StringComparison.Ordinal)) >= onNode);
    }

    private static Dictionary<string, string> Variables() => new()
    {
        ["OS_USERNAME"] = "admin",
        ["OS_PASSWORD"] = FakeCloud.Password,
        ["OS_PROJECT_NAME"] = "admin",
        ["OS_USER_DOMAIN_NAME"] = "Default",
        ["OS_PROJECT_DOMAIN_NAME"] = "Default",
    };
}
