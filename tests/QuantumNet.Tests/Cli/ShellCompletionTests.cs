using System.Diagnostics;
using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Completion;
using QuantumNet.Cli.Help;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Cli;

/// <summary>The scripts in the real shells, the page in the real man.</summary>
public sealed class ShellCompletionTests : IDisposable
{
    private const string Port = "a6f5a96d-ceb2-4dcc-bd1f-b0639d8aba20";
    private static readonly string s_fleet = Path.Combine(Repository.Root, "samples", "fleet-three-causes");

    private readonly string _folder = Directory.CreateTempSubdirectory("cli-shell-").FullName;

    public ShellCompletionTests()
    {
        string program = Path.Combine(_folder, "quantumnet");
        File.WriteAllText(program,
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> Lines => new()
    {
        { "quantumnet test-dh", "Test-DhcpPath Test-DhcpServer" },
        { "quantumnet Test-DhcpPath -Sn", "-Snapshot" },
        { "quantumnet Test-DhcpPath --thr", "--throttle-limit" },
        { "quantumnet Test-DhcpPath -As J", "JUnit Json JsonLines" },
        { $"quantumnet Test-DhcpPath -Snapshot {s_fleet} a6", Port },
        { $"quantumnet Test-DhcpPath --snapshot {s_fleet} -PortId a6", Port },
        { $"quantumnet Get-DhcpEvent --snapshot={s_fleet} -Type dhcpo", "DHCPOFFER" },
        { "quantumnet completion ", "bash fish pwsh zsh" },
        { "quantumnet explain QN600", string.Join(' ', Faults.CheckCatalog.All.Select(check => check.Code)
            .Where(code => code.StartsWith("QN600", StringComparison.Ordinal))) },
        { "quantumnet help about_QuantumNet_I", "about_QuantumNet_Inventory" },
    };

    [SkippableTheory]
    [MemberData(nameof(Lines))]
    public void Bash_offers(string line, string offered)
    {
        string script = Script("bash");
        Assert.Equal(offered, Offered(Run("bash", "-c", $$"""
            source '{{script}}'; COMP_LINE="$1"; COMP_POINT=${#1}; read -r -a COMP_WORDS <<< "$1"
            [[ $1 == *' ' ]] && COMP_WORDS+=(''); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _quantumnet; printf '%s\n' "${COMPREPLY[@]}"
            """, "bash", line)));
    }

    [SkippableFact]
    public void Bash_keeps_what_stands_before_a_break_and_a_comma()
    {
        string script = Script("bash");
        string Of(string line, string word) => Run("bash", "-c", $$"""
            source '{{script}}'; COMP_LINE="$1"; COMP_POINT=${#1}; COMP_WORDS=(quantumnet x "$2"); COMP_CWORD=2
            _quantumnet; printf '%s\n' "${COMPREPLY[@]}"
            """, "bash", line, word).Trim();
        Assert.Equal("JUnit", Of("quantumnet Test-DhcpPath --as=ju", "ju"));
        Assert.Equal("compute1,netnode", Of($"quantumnet Get-OvsFlow -Snapshot {s_fleet} compute1,n", "compute1,n"));
        Assert.Equal("DHCP\\ agent", Of("quantumnet Get-QuantumAgent -AgentType dh", "dh"));
    }

    [SkippableTheory]
    [MemberData(nameof(Lines))]
    public void Fish_offers(string line, string offered)
    {
        string script = Script("fish");
        Assert.Equal(offered, Offered(Run("fish", "--no-config", "-c",
            $"source '{script}'; complete -C \"{line}\" | string replace -r '\\t.*' ''")));
    }

    [SkippableTheory]
    [MemberData(nameof(Lines))]
    public void Zsh_offers(string line, string offered)
    {
        string script = Script("zsh");
        string helper = Path.Combine(Repository.Root, "tests", "QuantumNet.Tests", "Cli", "zsh-offers.zsh");
        Assert.Equal(offered, Offered(Run("zsh", "-f", helper, script, line)));
    }

    [Fact]
    public void Every_command_and_parameter_is_in_every_script()
    {
        foreach (string shell in CompletedCommand.Shells)
        {
            string script = ShellScript.Of(shell)!;
            foreach (CommandEntry command in CommandCatalog.All())
            {
                Assert.Contains(command.Name, script, StringComparison.Ordinal);
                foreach (CommandParameter parameter in CommandParameter.Of(command.Type).Where(one => one.IsBindable))
                    Assert.Contains(parameter.Name, script, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_first_word_is_one_that_quantumnet_knows() => Assert.All(CompletedCommand.All(), command =>
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] line = command.Name switch
        {
            "init" => ["init", "-Schema"], "completion" => ["completion", "bash"],
            "explain" => ["explain", "QN4001"], "collector" => ["collector", "-?"],
            "--sudoers" => ["--sudoers", "stack"],
            "help" or "man" or "--version" or "schema" => [command.Name],
            _ => [command.Name, "-?"],
        };
        Assert.Equal(0, Application.Run(line, new CliTerminal { Output = output, Error = error }, default));
        Assert.NotEmpty(output.ToString());
    });

    [Fact]
    public void Unknown_shell_is_told_which_there_are()
    {
        using var error = new StringWriter();
        Assert.Equal(1, Application.Run(["completion", "tcsh"],
            new CliTerminal { Output = TextWriter.Null, Error = error }, default));
        Assert.Contains("bash, zsh, fish, pwsh", error.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Manual_page_is_one_that_man_shows_without_a_warning()
    {
        string page = Path.Combine(_folder, "quantumnet.1");
        File.WriteAllText(page, ManualPage.Of("1.2.3"));
        (string output, string error) = RunBoth("groff", "-man", "-Tutf8", "-P-cbou", "-ww", "-rLL=100n", page);
        Assert.Equal("", error);
        Assert.Contains("quantumnet 1.2.3", output, StringComparison.Ordinal);
        Assert.Contains("finds why an OpenStack instance gets no DHCP lease", output, StringComparison.Ordinal);
        foreach (CommandEntry command in CommandCatalog.All())
            Assert.Contains(command.Name, output.Replace('\u2212', '-'), StringComparison.Ordinal);
    }

    private string Script(string shell)
    {
        string script = Path.Combine(_folder, $"script.{shell}");
        File.WriteAllText(script, ShellScript.Of(shell));
        return script;
    }

    private static string Offered(string output) => string.Join(' ',
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Order(StringComparer.Ordinal));

    private string Run(string program, params string[] arguments) => RunBoth(program, arguments).Output;

    private (string Output, string Error) RunBoth(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            WorkingDirectory = _folder,
        };
        start.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = _folder;
        start.Environment[Binding.SnapshotNames.Variable] = "300";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, $"There is no {program} here.");
        }
        process!.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, error.Result);
    }
}
