using System.Diagnostics;
using QuantumNet.Parsing;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

/// <summary>What masks settings on a node and what masks them here know the same names.</summary>
public sealed class SettingsMaskTests
{
    [SkippableFact]
    public void Each_name_of_the_list_is_masked_on_the_node_and_here()
    {
        Skip.IfNot(File.Exists("/bin/sed"), "sed is not installed");
        string[] names = [.. SecretNames.Stems.SelectMany(stem => (string[])[stem, $"nova_{stem}", $"{stem}_file",
                stem.ToUpperInvariant()]),
            .. SecretNames.Endings.Select(ending => "admin" + ending), .. SecretNames.Whole,
            "connection", "sql_connection", "transport_url"];
        string[] forms = ["{0} = {1}", "{0}={1}", "{0}: {1}", "# {0} = {1}", "#{0}={1} {1}", "  {0} = a:{1}@b"];
        string[] lines = [.. names.SelectMany((name, i) => forms.Select(
            (form, j) => string.Format(null, form, name, $"hidden{i}x{j}")))];
        string masked = Sed(string.Join('\n', lines));

        Assert.DoesNotContain(masked.Split('\n'), line => line.Contains("hidden", StringComparison.Ordinal));
        Assert.Equal(lines.Length, masked.Split('\n').Length);
        Assert.All(names, name => Assert.Contains(name, masked, StringComparison.Ordinal));
        string here = Scrubber.Scrub(string.Join('\n', lines.Where(line =>
            !line.Contains("connection", StringComparison.Ordinal)
            && !line.Contains("transport_url", StringComparison.Ordinal))));
        Assert.DoesNotContain("hidden", here, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("auth_token =\n  hidden")]
    [InlineData("auth_token =\n\thidden\n hidden")]
    public void What_goes_on_in_the_line_below_is_masked_when_it_is_kept(string text)
    {
        Skip.IfNot(File.Exists("/bin/sed"), "sed is not installed");
        Assert.DoesNotContain("hidden", Scrubber.Scrub(Sed(text)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_is_no_secret_stays()
    {
        Skip.IfNot(File.Exists("/bin/sed"), "sed is not installed");
        const string Text = """
            [ovs]
            local_ip = 10.0.0.1
            bridge_mappings = physnet1:br-ex
            # The path of the passing
            auth_url = http://controller:5000/v3
            memcached_servers = controller:11211
            """;
        Assert.Equal(Text, Sed(Text));
        Assert.Equal("url = http://***@host/x", Sed("url = http://user:word@host/x"));
        Assert.DoesNotContain(' ', AgentConfigCollector.Blot);
    }

    private static string Sed(string text)
    {
        using Process sed = Process.Start(new ProcessStartInfo("/bin/sed", ["-E", AgentConfigCollector.Blot])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        sed.StandardInput.Write(text);
        sed.StandardInput.Close();
        string said = sed.StandardOutput.ReadToEnd();
        sed.WaitForExit();
        return said;
    }
}
