using System.Globalization;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>What the service manager of a node says of one service: <c>systemctl show</c>, or where there is no systemd
/// <c>service NAME status</c>, which upstart and System V scripts answer
/// (<c>NAME start/running, process 1234</c>).</summary>
/// <param name="Service">Its name.</param>
/// <param name="UsesSystemd">Whether systemd said so.</param>
/// <param name="State">Its word: <c>active</c>, <c>failed</c>, <c>start/running</c>, <c>running</c> ...</param>
/// <param name="ProcessId">Its main process; null when it runs none.</param>
/// <param name="Started">When that process started, as told; empty when it is not.</param>
internal sealed record AgentProbe(string Service, bool UsesSystemd, string State, int? ProcessId, string Started)
{
    /// <summary>What to ask about services of which any may be there: once each by systemd,
    /// once each without.</summary>
    public static CommandTemplate[] Questions(IReadOnlyList<string> services) =>
    [
        .. services.Select(service => new CommandTemplate("systemctl", "show",
            "--property=LoadState,ActiveState,MainPID,ExecMainStartTimestamp", service)),
        .. services.Select(service => new CommandTemplate("service", service, "status")),
        new CommandTemplate("ps", "-eo", "pid,lstart,args"),
    ];

    /// <summary>The service that the node has; null when it has none of them.</summary>
    public static AgentProbe? Read(IReadOnlyList<string> services, CommandOutput[] outputs)
    {
        string processes = outputs.Length > 0 ? outputs[^1].Text : "";
        for (int i = 0; i < services.Count && i < outputs.Length; i++)
        {
            if (FromSystemd(services[i], outputs[i]) is { } found)
                return found;
        }
        for (int i = 0; i < services.Count && services.Count + i < outputs.Length; i++)
        {
            if (FromService(services[i], outputs[services.Count + i], processes) is { } found)
                return found;
        }
        return null;
    }

    /// <summary>The command that restarts it. What a script starts inherits its variables:
    /// the mark by which a run's processes are ended when its connection is cut must not be among them.</summary>
    public string[] RestartCommand() => UsesSystemd
        ? ["systemctl", "restart", Service] : ["env", "-u", "QUANTUMNET_RUN", "service", Service, "restart"];

    private static AgentProbe? FromSystemd(string service, CommandOutput output)
    {
        if (output.ExitStatus != 0 || Property(output.Text, "LoadState") != "loaded")
            return null;
        int id = int.TryParse(Property(output.Text, "MainPID"), NumberStyles.None, CultureInfo.InvariantCulture,
            out int number) ? number : 0;
        return new(service, UsesSystemd: true, Property(output.Text, "ActiveState"), id > 0 ? id : null,
            Property(output.Text, "ExecMainStartTimestamp"));
    }

    private static string Property(string text, string name)
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length
                && line[name.Length] == '=')
                return line[(name.Length + 1)..].Trim();
        }
        return "";
    }

    // Exit status 4 or 1 with "unrecognized service" or "could not be found": the node has none such.
    // 3 is a stopped one (LSB 22.2).
    private static AgentProbe? FromService(string service, CommandOutput output, string processes)
    {
        string said = (output.Text + output.StandardError).Trim();
        if (output.ExitStatus is not (0 or 1 or 2 or 3)
            || said.Contains("unrecognized", StringComparison.OrdinalIgnoreCase)
            || said.Contains("not found", StringComparison.OrdinalIgnoreCase)
            || said.Contains("not be found", StringComparison.OrdinalIgnoreCase)
            || said.Contains("No such", StringComparison.OrdinalIgnoreCase))
            return null;
        int? id = ProcessOf(said);
        (int? running, string started) = ProcessNamed(service, processes, id);
        return new(service, UsesSystemd: false, StateOf(service, said, output.ExitStatus == 0), running, started);
    }

    // upstart: "neutron-dhcp-agent start/running, process 1234"; System V: " * neutron-dhcp-agent is running",
    // "(pid 1234) is running...".
    private static string StateOf(string service, string said, bool runs)
    {
        string line = said.Split('\n')[0];
        if (line.StartsWith(service + " ", StringComparison.Ordinal))
            return line[(service.Length + 1)..].Split(',')[0].Trim();
        return runs ? "running" : "stopped";
    }

    private static int? ProcessOf(string said)
    {
        foreach (string mark in new[] { "process ", "pid " })
        {
            int at = said.IndexOf(mark, StringComparison.Ordinal);
            if (at < 0)
                continue;
            ReadOnlySpan<char> rest = said.AsSpan(at + mark.Length).TrimStart();
            int end = rest.IndexOfAnyExceptInRange('0', '9');
            if (int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
                return id;
        }
        return null;
    }

    // ps -eo pid,lstart,args: " 1234 Sun Nov 22 06:05:49 2026 /usr/bin/python3
    // /usr/bin/neutron-dhcp-agent --config-file ...".
    private static (int? Id, string Started) ProcessNamed(string service, string processes, int? id)
    {
        string program = service.Replace("-plugin", "", StringComparison.Ordinal);
        foreach (string line in processes.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 7
                || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                continue;
            bool isIt = id is not null ? number == id : Array.Exists(words[6..],
                word => word.EndsWith("/" + program, StringComparison.Ordinal) || word == program);
            if (isIt)
                return (number, string.Join(' ', words[1..6]));
        }
        return (id, "");
    }
}
