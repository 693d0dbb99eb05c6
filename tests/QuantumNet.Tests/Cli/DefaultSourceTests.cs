using System.Text;
using QuantumNet.Cli;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Cli;

/// <summary>The environment names a cloud for the command lines that name none.</summary>
public sealed class DefaultSourceTests : IDisposable
{
    private const string Inventory = "QUANTUMNET_INVENTORY", Snapshot = "QUANTUMNET_SNAPSHOT";

    private static readonly string s_fleet = Path.Combine(Repository.Root, "samples", "fleet-three-causes");
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-default-").FullName;
    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_snapshot_of_the_environment_serves_both_ends_of_a_pipe()
    {
        _variables[Snapshot] = s_fleet;
        string ports = Run(null, "Get-QuantumPort", "-DeviceOwner", "compute:*", "-As", "Json").Output;
        (int status, string output, string error) = Run(ports, "Test-DhcpPath", "-As", "Table");
        Assert.Equal((2, ""), (status, error));
        _variables.Clear();
        Assert.Equal(Run(ports, "Test-DhcpPath", "-As", "Table", "-Snapshot", s_fleet).Output, output);
    }

    [Fact]
    public void Verbose_tells_which_variable_was_used()
    {
        _variables[Snapshot] = s_fleet;
        Assert.Contains($"The cloud is that of {Snapshot}: {s_fleet}", Run(null, "Get-QuantumPort", "-Verbose").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_inventory_of_the_environment_names_the_nodes()
    {
        _variables[Inventory] = WriteInventory("n1");
        (int status, string output, string error) = Run(null, "Get-QuantumConnection", "-As", "Json");
        Assert.Equal((0, ""), (status, error));
        Assert.Contains("\"n1\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_for_its_nodes_is_asked_for_as_with_Inventory()
    {
        _variables[Inventory] = WriteInventory("n1");
        string[] call = ["Get-OvsFlow", "-PasswordFile", Path.Combine(_folder, "no-password")];
        string error = Run(null, call).Error;
        Assert.Contains("(PasswordNotRead)", error, StringComparison.Ordinal);
        Assert.Equal(Run(null, [.. call, "-Inventory", _variables[Inventory]]).Error, error);
    }

    [Theory]
    [InlineData(Snapshot)]
    [InlineData(Inventory)]
    public void The_command_line_goes_before_the_environment(string variable)
    {
        _variables[variable] = Path.Combine(_folder, "nowhere");
        (int status, string output, string error) = Run(null, "Get-QuantumNetwork", "-As", "Json",
            "--snapshot", s_fleet, "-Verbose");
        Assert.Equal(0, status);
        Assert.NotEqual("[]", output.Trim());
        Assert.DoesNotContain(variable, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OvsFlow")]
    [InlineData("Get-QuantumConnection")]
    public void Two_variables_are_refused(string command)
    {
        (_variables[Snapshot], _variables[Inventory]) = (s_fleet, WriteInventory("n1"));
        (int status, _, string error) = Run(null, command);
        Assert.Equal(1, status);
        Assert.Contains($"{Inventory} and {Snapshot} are both set", error, StringComparison.Ordinal);
        Assert.Contains("(AmbiguousSource)", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Snapshot)]
    [InlineData(Inventory)]
    public void A_path_that_leads_nowhere_is_told_with_its_variable(string variable)
    {
        _variables[variable] = Path.Combine(_folder, "nowhere.json");
        (int status, _, string error) = Run(null, "Get-OvsFlow");
        Assert.Equal(1, status);
        Assert.Contains("nowhere.json", error, StringComparison.Ordinal);
        Assert.Contains($"{variable} names it.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-QuantumCheck", "QN4001")]
    [InlineData("explain", "QN4001")]
    [InlineData("Get-OvsFlow", "-h")]
    public void What_needs_no_cloud_does_not_look_at_the_environment(string command, string argument)
    {
        _variables[Snapshot] = _variables[Inventory] = Path.Combine(_folder, "nowhere");
        (int status, _, string error) = Run(null, command, argument);
        Assert.Equal((0, ""), (status, error));
    }

    [Fact]
    public void A_saved_time_is_compared_with_the_cloud_of_the_environment()
    {
        _variables[Snapshot] = s_fleet;
        (int status, string output, string error) = Run(null, "Compare-QuantumSnapshot", s_fleet, "-As", "Json");
        Assert.Equal((0, "[]", ""), (status, output.Trim(), error));
    }

    [Fact]
    public void Empty_variables_and_none_are_no_cloud()
    {
        (_variables[Snapshot], _variables[Inventory]) = ("", "");
        (int status, _, string error) = Run(null, "Get-OvsFlow");
        Assert.Equal(1, status);
        Assert.Contains($"Pass -Inventory or -Snapshot, or set {Inventory} or {Snapshot}. (NoConnection)", error,
            StringComparison.Ordinal);
        Assert.Equal((0, "", ""), Run(null, "Get-QuantumConnection"));
    }

    /// <summary>Tests that make a terminal must not depend on what the machine sets.</summary>
    [Fact]
    public void Only_the_terminal_of_the_process_reads_the_real_environment()
    {
        Assert.Null(new CliTerminal { Output = TextWriter.Null, Error = TextWriter.Null }.Variable("PATH"));
        Assert.NotNull(CliTerminal.OfProcess(() => { }).Variable("PATH"));
    }

    private string WriteInventory(string node)
    {
        string file = Path.Combine(_folder, "cloud.json");
        File.WriteAllText(file, $$"""{ "nodes": [ { "name": "{{node}}" } ], "controlPlane": { "source": "none" } }""");
        return file;
    }

    private (int Status, string Output, string Error) Run(string? piped, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using MemoryStream? input = piped is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(piped));
        int status = Application.Run(arguments, new CliTerminal
        {
            Output = output, Error = error, Piped = input, Variable = name => _variables.GetValueOrDefault(name),
        }, CancellationToken.None);
        return (status, output.ToString(), error.ToString());
    }
}
