using QuantumNet.Cli.Binding;

namespace QuantumNet.Tests.Cli;

public sealed class BinderTests
{
    [Theory]
    [InlineData("-Bridge br-int -Table 0,10")]
    [InlineData("-bridge:br-int -TABLE:0,10")]
    [InlineData("-br br-int -ta 0,10")]
    [InlineData("-Table 0, 10 -Bridge br-int")]
    [InlineData("-Table 0 ,10 -Bridge br-int")]
    public void Names_values_prefixes_and_arrays_bind_as_in_PowerShell(string line)
    {
        IReadOnlyDictionary<string, object> bound = Bind("Get-OvsFlow", line);
        Assert.Equal(["br-int"], (string[])bound["Bridge"]);
        Assert.Equal([0, 10], (int[])bound["Table"]);
    }

    [Theory]
    [InlineData("--bridge br-int --table 0,10")]
    [InlineData("--bridge=br-int --TABLE=0,10")]
    [InlineData("-Bridge=br-int -Table=0, 10")]
    [InlineData("--br:br-int --ta: 0,10")]
    public void Gnu_spellings_bind_as_those_of_PowerShell(string line)
    {
        IReadOnlyDictionary<string, object> bound = Bind("Get-OvsFlow", line);
        Assert.Equal(["br-int"], (string[])bound["Bridge"]);
        Assert.Equal([0, 10], (int[])bound["Table"]);
    }

    [Theory]
    [InlineData("--computer-name n1", "ComputerName")]
    [InlineData("--computer-name=n1", "ComputerName")]
    [InlineData("--computer n1", "ComputerName")]
    [InlineData("--node n1", "ComputerName")]
    public void Words_with_dashes_between_them_name_a_parameter(string line, string name) =>
        Assert.Equal(["n1"], (string[])Bind("Get-OvsFlow", line)[name]);

    [Theory]
    [InlineData("--snapshot=a=b:c", "a=b:c")]
    [InlineData("-Snapshot:a=b", "a=b")]
    [InlineData("-Snapshot=C:/a", "C:/a")]
    [InlineData("--snapshot=--x", "--x")]
    public void Only_the_first_separator_ends_a_name(string line, string value) =>
        Assert.Equal(value, Bind("Get-OvsFlow", line)["Snapshot"]);

    [Theory]
    [InlineData("--quiet", true)]
    [InlineData("--quiet=true", true)]
    [InlineData("-Quiet=no", false)]
    public void Gnu_switches_stand_alone_or_have_a_truth(string line, bool expected) =>
        Assert.Equal(expected, Bind("Test-DhcpPath", line)["Quiet"]);

    [Theory]
    [InlineData("-h")]
    [InlineData("-H")]
    [InlineData("--help")]
    [InlineData("-?")]
    public void Help_has_its_short_names_in_every_cmdlet(string token) =>
        Assert.All(CommandCatalog.All(), command => Assert.Equal(true,
            new ArgumentBinder(command.Name, CommandParameter.Of(command.Type),
                CommonOptions.Parameters(command.SupportsShouldProcess), command.DefaultSet).Bind([token])["Help"]));

    [Fact]
    public void Unnamed_arguments_go_by_position()
    {
        IReadOnlyDictionary<string, object> bound = Bind("Get-OvsFlow", "n1,n2 br-int");
        Assert.Equal(["n1", "n2"], (string[])bound["ComputerName"]);
        Assert.Equal(["br-int"], (string[])bound["Bridge"]);
    }

    [Fact]
    public void Positions_skip_what_was_named()
    {
        IReadOnlyDictionary<string, object> bound = Bind("Get-OvsFlow", "-Node n1 br-int");
        Assert.Equal(["n1"], (string[])bound["ComputerName"]);
        Assert.Equal(["br-int"], (string[])bound["Bridge"]);
    }

    [Theory]
    [InlineData("-Quiet", true)]
    [InlineData("-Quiet:$true", true)]
    [InlineData("-Quiet:false", false)]
    public void Switches_stand_alone_or_take_a_truth(string line, bool expected) =>
        Assert.Equal(expected, Bind("Test-DhcpPath", line)["Quiet"]);

    [Fact]
    public void Aliases_bind() =>
        Assert.Equal(["1408934f"], (string[])Bind("Test-DhcpPath", "-Port 1408934f")["PortId"]);

    [Fact]
    public void Times_are_utc()
    {
        var after = (DateTime)Bind("Get-AgentLog", "-After 2013-05-01T12:30:00+02:00")["After"];
        Assert.Equal(new DateTime(2013, 5, 1, 10, 30, 0, DateTimeKind.Utc), after);
        Assert.Equal(DateTimeKind.Utc, after.Kind);
    }

    [Fact]
    public void A_negative_number_is_a_value() => Assert.Equal([-1], (int[])Bind("Get-OvsFlow", "-Table -1")["Table"]);

    [Fact]
    public void Formats_bind_by_name() =>
        Assert.Equal(OutputFormat.JUnit, CommonOptions.From("Get-OvsFlow", Bind("Get-OvsFlow", "-As junit")).As);

    [Theory]
    [InlineData("'a,b',c", "a,b", "c")]
    [InlineData("\"a,b\",c", "a,b", "c")]
    [InlineData("'it''s', c", "it's", "c")]
    [InlineData("it's,c", "it's", "c")]
    [InlineData("a, b c ", "a", "b c")]
    [InlineData("c,''", "c", "")]
    public void A_value_with_a_comma_stands_in_quotation_marks(string list, params string[] values) =>
        Assert.Equal(values, Assert.IsType<string[]>(BindAll("Get-QuantumNetwork", "-Name", list)["Name"]));

    [Theory]
    [InlineData("a,")]
    [InlineData(",a")]
    [InlineData("a,,b")]
    [InlineData("'a,b")]
    [InlineData("'a'b")]
    public void A_list_with_a_gap_is_refused(string list) =>
        Assert.Equal("BadValue",
            Assert.Throws<QuantumException>(() => BindAll("Get-QuantumNetwork", "-Name", list)).Error.Id);

    [Theory]
    [InlineData("0x10", 16)]
    [InlineData("1kb", 1024)]
    [InlineData("1e2", 100)]
    [InlineData("2.5", 2)]
    [InlineData("0b101", 5)]
    [InlineData("7u", 7)]
    public void Numbers_are_written_as_in_PowerShell(string text, int number) =>
        Assert.Equal(number, Bind("Get-OvsFlow", $"-TimeoutSeconds {text}")["TimeoutSeconds"]);

    [Theory]
    [InlineData("-ErrorAction sil", "SilentlyContinue")]
    [InlineData("-ea 0", "SilentlyContinue")]
    [InlineData("-ea:Ignore", "Ignore")]
    [InlineData("-ErrorAction Inquire", "Inquire")]
    public void Actions_are_those_of_PowerShell(string line, string action) =>
        Assert.Equal(action, CommonOptions.From("Get-OvsFlow", Bind("Get-OvsFlow", line)).ErrorAction.ToString());

    [Theory]
    [InlineData("-OutBuffer 10")]
    [InlineData("-InformationAction Continue -ProgressAction Ignore -WarningAction Stop")]
    public void What_only_tunes_a_session_is_accepted(string line) =>
        Assert.NotNull(CommonOptions.From("Get-OvsFlow", Bind("Get-OvsFlow", line)));

    [Theory]
    [InlineData("-OutVariable x", "tee")]
    [InlineData("-ev x", "2> FILE")]
    [InlineData("-PipelineVariable x", "session")]
    [InlineData("-ErrorAction Break", "debugger")]
    public void What_needs_a_session_is_refused_with_what_to_do(string line, string told)
    {
        var error =
            Assert.Throws<QuantumException>(() => CommonOptions.From("Get-OvsFlow", Bind("Get-OvsFlow", line))).Error;
        Assert.Equal("NeedsSession", error.Id);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A shell makes <c>-Force:</c> of <c>-Force:$false</c>:
    /// that must not be taken for <c>-Force</c>.</summary>
    [Theory]
    [InlineData("-Force: -Path x")]
    [InlineData("-Path x -Force:")]
    public void A_switch_whose_truth_a_shell_ate_is_refused(string line)
    {
        var error = Assert.Throws<QuantumException>(() => Bind("Save-QuantumSnapshot", line)).Error;
        Assert.Equal("MissingValue", error.Id);
        Assert.Contains("-Force:false", error.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OvsFlow", "-Brigde x", "UnknownParameter", "-Bridge")]
    [InlineData("Get-OvsFlow", "--brigde x", "UnknownParameter", "'--brigde'. Did you mean -Bridge?")]
    [InlineData("Get-OvsFlow", "--computr-name=x", "UnknownParameter", "'--computr-name'. Did you mean -ComputerName?")]
    [InlineData("Get-OvsFlow", "-Brigde=x", "UnknownParameter", "'-Brigde'. Did you mean -Bridge?")]
    [InlineData("Get-OvsFlow", "--snapshot=", "BadValue", "-Snapshot")]
    [InlineData("Get-OvsFlow", "--table --bridge x", "MissingValue", "-Table")]
    [InlineData("Get-OvsFlow", "--table -- x", "MissingValue", "-Table")]
    [InlineData("Test-DhcpPath", "--quiet=", "BadValue", "-Quiet")]
    [InlineData("Get-OvsFlow", "--t=1", "AmbiguousParameter", "'--t'")]
    [InlineData("Get-OvsFlow", "-T 1", "AmbiguousParameter", "-Table")]
    [InlineData("Get-OvsFlow", "-Table x", "BadValue", "'x'")]
    [InlineData("Get-OvsFlow", "-Table", "MissingValue", "-Table")]
    [InlineData("Get-OvsFlow", "-Table -Bridge x", "MissingValue", "-Table")]
    [InlineData("Get-OvsFlow", "-Bridge a -Bridge b", "ParameterGivenTwice", "-Bridge")]
    [InlineData("Get-OvsFlow", "a b c", "UnexpectedArgument", "'c'")]
    [InlineData("Get-OvsFlow", "-ThrottleLimit 0", "BadValue", "1 to 1024")]
    [InlineData("Get-OvsFlow", "-As Yaml", "BadValue", "Json")]
    [InlineData("Get-OvsFlow", "-Connection x", "NeedsPowerShell", "-Connection")]
    [InlineData("Measure-DhcpCounter", "-ScriptBlock x", "NeedsPowerShell", "-ScriptBlock")]
    [InlineData("Get-AgentLog", "-After yesterday", "BadValue", "2013")]
    [InlineData("Get-QuantumSecurityGroupRule", "-Direction up", "BadValue", "ingress, egress")]
    [InlineData("Save-QuantumSnapshot", "-Force", "MissingParameter", "-Path")]
    [InlineData("Connect-Quantum", "-Snapshot a -Inventory b", "IncompatibleParameters", "-Snapshot")]
    [InlineData("Get-QuantumConnection", "-WhatIf", "UnknownParameter", "WhatIf")]
    public void What_cannot_be_bound_is_named(string command, string line, string id, string told)
    {
        var error = Assert.Throws<QuantumException>(() => Bind(command, line)).Error;
        Assert.Equal(id, error.Id);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
    }

    [Theory]
    [InlineData("Get-OvsFlwo", "Get-OvsFlow")]
    [InlineData("test-dhcppth", "Test-DhcpPath")]
    [InlineData("OvsFlow", "Get-OvsFlow")]
    public void A_mistyped_cmdlet_is_suggested(string typed, string meant) =>
        Assert.Equal(meant, Suggestion.Nearest(typed, CommandCatalog.All().Select(command => command.Name)).First());

    [Fact]
    public void What_is_far_off_is_not_suggested() =>
        Assert.Empty(Suggestion.Nearest("Zzzzzzz", CommandCatalog.All().Select(command => command.Name)));

    [Fact]
    public void Neighbours_swapped_are_one_edit() => Assert.Equal(1, Suggestion.Distance("BRIGDE", "BRIDGE"));

    private static IReadOnlyDictionary<string, object> Bind(string command, string line) =>
        BindAll(command, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IReadOnlyDictionary<string, object> BindAll(string command, params string[] arguments)
    {
        CommandEntry entry = CommandCatalog.Find(command)!;
        var binder = new ArgumentBinder(command, CommandParameter.Of(entry.Type),
            CommonOptions.Parameters(entry.SupportsShouldProcess), entry.DefaultSet);
        IReadOnlyDictionary<string, object> bound = binder.Bind(arguments);
        binder.CheckSets([]);
        return bound;
    }
}
