using System.Diagnostics;
using System.Net;
using System.Text;
using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Tests.Access;

namespace QuantumNet.Tests.Cli;

/// <summary>How quantumnet comes by a password.</summary>
public sealed class CredentialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-secrets-").FullName;
    private readonly List<string> _questions = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_users_name_is_bound_and_the_password_is_asked_for_once()
    {
        Credentials credentials = Of(new(), "open sesame");
        credentials.Add("Credential", "stack");
        Assert.Empty(_questions);       // not before it is needed
        NetworkCredential given = credentials.Of("Credential")!;
        Assert.Same(given, credentials.Of("Credential"));
        Assert.Equal(("stack", "open sesame"), (given.UserName, given.Password));
        Assert.Equal(["Password for stack: "], _questions);
        Assert.Null(credentials.Of("ApiCredential"));
    }

    [Fact]
    public void Without_a_terminal_there_is_nobody_to_ask()
    {
        Credentials credentials = Of(new(), null);
        credentials.Add("Credential", "stack");
        QuantumError error = Assert.Throws<QuantumException>(() => credentials.Of("Credential")).Error;
        Assert.Equal("NobodyToAsk", error.Id);
        Assert.Contains("-PasswordFile", error.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open sesame\n", "open sesame")]
    [InlineData("open sesame\r\nsecond line\n", "open sesame")]
    [InlineData("pässwörd", "pässwörd")]
    public void The_first_line_of_a_file_is_the_password_of_the_nodes(string text, string password)
    {
        Credentials credentials = Of(new() { PasswordFile = Write(text, 0x180) }, "asked");
        credentials.Add("ApiCredential", "admin");
        NetworkCredential given = credentials.Of("Credential")!;
        Assert.Equal(("", password), (given.UserName, given.Password));       // the user is the inventory's
        Assert.Equal("asked", credentials.Of("ApiCredential")!.Password);
    }

    [Theory]
    [InlineData("", 0x180, "PasswordNotRead")]
    [InlineData("\nsecond line\n", 0x180, "PasswordNotRead")]
    [InlineData("open sesame\n", 0x1A4, "PasswordFileOpen")]       // 0644
    [InlineData("open sesame\n", 0x1A0, "PasswordFileOpen")]       // 0640
    public void A_file_that_is_empty_or_open_to_others_is_refused(string text, int mode, string id)
    {
        if (OperatingSystem.IsWindows())
            return;
        QuantumError error = Assert.Throws<QuantumException>(
            () => Of(new() { PasswordFile = Write(text, mode) }, null).Of("Credential")).Error;
        Assert.Equal(id, error.Id);
        Assert.DoesNotContain("sesame", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        QuantumError error = Assert.Throws<QuantumException>(
            () => Of(new() { PasswordFile = Path.Combine(_folder, "nowhere") }, null).Of("Credential")).Error;
        Assert.Equal("PasswordNotRead", error.Id);
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_descriptor_gives_its_first_line()
    {
        using FileStream open = new(Write("open sesame\nsecond\n", 0x180), FileMode.Open,
            FileAccess.Read, FileShare.Read, 0);
        int number = (int)open.SafeFileHandle.DangerousGetHandle();
        Assert.Equal("open sesame", Of(new() { PasswordDescriptor = number }, null).Of("Credential")!.Password);
        Assert.Equal("PasswordNotRead", Assert.Throws<QuantumException>(
            () => Of(new() { PasswordDescriptor = 1000 }, null).Of("Credential")).Error.Id);
    }

    [Fact]
    public void The_options_are_there_where_a_credential_is()
    {
        Assert.Contains("-PasswordFile <text>", Help("Test-DhcpPath"), StringComparison.Ordinal);
        Assert.Contains("-Credential <user>", Help("Test-DhcpPath"), StringComparison.Ordinal);
        Assert.DoesNotContain("-PasswordFile", Help("Disconnect-Quantum"), StringComparison.Ordinal);
    }

    /// <summary>The whole program on a terminal of its own, with objects on its standard input:
    /// it asks on the terminal, and echoes nothing.</summary>
    [SkippableFact]
    public async Task A_password_is_asked_for_on_the_terminal_without_echo_whatever_standard_input_is()
    {
        Skip.IfNot(File.Exists("/usr/bin/script"), "util-linux's script, which makes terminals, is not installed");
        string inventory = Path.Combine(_folder, "inventory.json");
        File.WriteAllText(inventory,
            $$"""{ "nodes": [ { "name": "n1", "address": "127.0.0.1", "port": {{SshServer.FreePort()}}, "transport": "ssh" } ], "controlPlane": { "source": "none" } }""");
        string program = typeof(Application).Assembly.Location;
        string command =
            $"echo '[]' | dotnet '{program}' Get-OvsBridge -ComputerName n1 -Inventory '{inventory}' -Credential stack";
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/script", ["-qec", command,
            "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        StringBuilder said = new();
        Task asked = Task.Run(() => ReadUntil("Password for stack: "));
        await asked.WaitAsync(TimeSpan.FromMinutes(2));
        await process.StandardInput.WriteAsync("0pen-s3same\n");
        await process.StandardInput.FlushAsync();
        await Task.Run(() => ReadUntil("NodeUnreachable")).WaitAsync(TimeSpan.FromMinutes(2));
        process.StandardInput.Close();
        said.Append(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.DoesNotContain("s3same", said.ToString(), StringComparison.Ordinal);

        void ReadUntil(string text)
        {
            int next;
            while (!said.ToString().Contains(text, StringComparison.Ordinal)
                && (next = process.StandardOutput.Read()) >= 0)
                said.Append((char)next);
            Assert.Contains(text, said.ToString(), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void The_ssh_program_gets_a_password_by_no_argument_and_no_environment()
    {
        Skip.If(OperatingSystem.IsWindows(), "there is no SSH_ASKPASS");
        ProcessStartInfo start = new("ssh");
        string program;
        using (QuantumNet.Access.Ssh.AskPass.For("n1", new("root", "0pen-s3same"), start))
        {
            program = start.Environment["SSH_ASKPASS"]!;
            Assert.DoesNotContain(start.Environment,
                variable => variable.Value?.Contains("s3same", StringComparison.Ordinal) == true);
            Assert.DoesNotContain("s3same", File.ReadAllText(program), StringComparison.Ordinal);
            Assert.Equal("0pen-s3same\n", Answer(program, "root@n1's password: "));
            Assert.Equal("0pen-s3same\n", Answer(program, "root@gate's Password: "));
            Assert.Equal("", Answer(program, "Enter passphrase for key '/k': "));
        }
        Assert.False(Directory.Exists(Path.GetDirectoryName(program)));
    }

    private static string Answer(string program, string question)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, [question]) { RedirectStandardOutput = true })!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return answer;
    }

    private string Help(string command)
    {
        using StringWriter output = new();
        Application.Run([command, "-?"], new() { Output = output, Error = output }, default);
        return output.ToString();
    }

    private Credentials Of(CommonOptions options, string? answer) => new(new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        AskSecret = (question, _) =>
        {
            _questions.Add(question);
            return answer;
        },
    }, options, default);

    private string Write(string text, int mode)
    {
        string file = Path.Combine(_folder, "password");
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)mode);
        return file;
    }
}
