using System.Globalization;
using System.Text;

namespace QuantumNet.Snapshots;

/// <summary>Turns an answer as <c>curl -i</c> prints it (RFC 9112: status line, fields, empty line,
/// body) into one of the control plane's.</summary>
internal static class HttpAnswer
{
    /// <summary>The answer without its head; its collector is the kind of record that the URL names.</summary>
    public static CommandOutput FromCurl(CommandOutput output)
    {
        string url = output.Argv[^1];
        ReadOnlySpan<byte> text = output.StandardOutput.Span;
        int blank = text.IndexOf("\r\n\r\n"u8);
        if (!text.StartsWith("HTTP/"u8) || blank < 0)
            return output;
        string[] status = Encoding.ASCII.GetString(text[..text.IndexOf((byte)'\n')]).Split(' ', 3);
        (string kind, string subject) = KindOf(url);
        return output with
        {
            Argv = ["GET", url],
            Collector = kind,
            Subject = subject,
            ExitStatus =
                status.Length > 1 && int.TryParse(status[1], CultureInfo.InvariantCulture, out int code) ? code : null,
            StandardOutput = output.StandardOutput[(blank + 4)..],
        };
    }

    private static (string Kind, string Subject) KindOf(string url)
    {
        string path = Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) ? uri.AbsolutePath : url;
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is [.., "networks", string network, "dhcp-agents"])
            return ("dhcp-agent", network);
        return parts.Length == 0 ? ("", "") : parts[^1] switch
        {
            "networks" => ("network", ""),
            "subnets" => ("subnet", ""),
            "ports" => ("port", ""),
            "agents" => ("agent", ""),
            "security-groups" or "security-group-rules" => ("security-group-rule", ""),
            "servers" or "detail" => ("instance", ""),
            _ => ("", ""),
        };
    }
}
