using System.Text;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Completion;

namespace QuantumNet.Cli.Help;

/// <summary>Writes quantumnet(1), for man(7)'s macros, from the cmdlets and their pages.</summary>
internal static class ManualPage
{
    private static readonly (string Name, string Text)[] s_statuses =
    [
        ("0", "Fine."), ("1", "It could not run: bad arguments, an unreachable node, or nothing was found."),
        ("2", "A test, trace or probe found something broken."), ("3", "It could not tell."),
    ];

    /// <summary>The page.</summary>
    /// <param name="version">The release.</param>
    public static string Of(string version)
    {
        var text = new StringBuilder();
        text.Append($""".TH QUANTUMNET 1 "" "quantumnet {version}" "User Commands" """.TrimEnd()).Append('\n');
        Head(text);
        foreach (CompletedCommand command in CompletedCommand.All())
        {
            if (CommandCatalog.Find(command.Name) is not null)
                Cmdlet(text, command);
        }
        Common(text);
        Tail(text);
        return text.ToString();
    }

    private static void Head(StringBuilder text)
    {
        text.Append("""
            .SH NAME
            quantumnet \- finds why an OpenStack instance gets no DHCP lease
            .SH SYNOPSIS
            .B quantumnet
            .I CMDLET
            .RI [ \-Parameter\~value ...]
            .br
            .B quantumnet help
            .RI [ CMDLET | TOPIC ]
            .br
            .B quantumnet explain
            .IR CODE ...
            .br
            .B quantumnet init
            .RI [ FILE ]
            .RI [ \-ComputerName\~n1,n2 ]
            .br
            .B quantumnet completion
            .BR bash | zsh | fish | pwsh
            .SH DESCRIPTION
            Gathers the state of an OpenStack network over ssh, follows the DHCP request and its reply through every
            device, rule, flow and tunnel, and names the hop, the node and the cause, with the lines that prove it.
            It reads only, and needs no agent on the nodes.
            .PP
            Parameters are written as in PowerShell (\-ComputerName n1, any unique prefix of a name) or as GNU does
            (\-\-computer\-name=n1). Lists are joined by commas. Objects go from one call to the next as JSON, which
            \-As Json writes and standard input takes.

            """.ReplaceLineEndings("\n"));
        text.Append(".SH CMDLETS\n");
    }

    private static void Cmdlet(StringBuilder text, CompletedCommand command)
    {
        CommandEntry entry = CommandCatalog.Find(command.Name)!;
        CommandParameter[] own = [.. CommandParameter.Of(entry.Type).Where(parameter => parameter.IsBindable)
            .OrderBy(parameter => parameter.Position ?? int.MaxValue)];
        text.Append(".SS ").Append(Escaped(command.Name)).Append('\n').Append(Escaped(command.Text)).Append('\n');
        foreach (CommandParameter parameter in own)
        {
            CompletedParameter told = Array.Find(command.Parameters, one => one.Name == parameter.Name)!;
            Entry(text, Escaped("-" + parameter.Name) + (parameter.IsMandatory ? " (required)" : ""), told.Text);
        }
    }

    private static void Common(StringBuilder text)
    {
        text.Append(".SH COMMON PARAMETERS\nEvery cmdlet takes these besides its own.\n");
        foreach (CommandParameter parameter in CommonOptions.Parameters(changesSomething: true, takesCredential: true)
            .Where(one => one.Refusal.Length == 0))
            Entry(text, Escaped("-" + parameter.Name), CommonText(parameter));
    }

    private static void Entry(StringBuilder text, string head, string body) =>
        text.Append(".TP\n.B ").Append(head).Append('\n').Append(Escaped(body)).Append('\n');

    private static string CommonText(CommandParameter parameter) => parameter.Name switch
    {
        nameof(CommonOptions.As) => "How results are printed: " + string.Join(", ",
            Enum.GetNames<OutputFormat>().Where(name => name != nameof(OutputFormat.Default))) + ".",
        nameof(CommonOptions.Verbose) => "Tells every command that runs on a node, and more.",
        nameof(CommonOptions.Debug) => "Tells what only a developer wants to know.",
        nameof(CommonOptions.WhatIf) =>
            "Tells what would be done, and does nothing. Of cmdlets that change something.",
        nameof(CommonOptions.Confirm) => "Asks before something is done. Of cmdlets that change something.",
        nameof(CommonOptions.Help) => "Shows the page of the cmdlet.",
        nameof(CommonOptions.PasswordFile) => "A file whose first line is the password of -Credential.",
        nameof(CommonOptions.PasswordDescriptor) => "An open descriptor whose first line is that password.",
        _ => "As in PowerShell.",
    };

    private static void Tail(StringBuilder text)
    {
        text.Append(".SH EXIT STATUS\n");
        foreach ((string name, string meaning) in s_statuses)
            Entry(text, name, meaning);
        text.Append($$"""
            .SH ENVIRONMENT
            .TP
            .BR {{DefaultSource.Inventory}} ", " {{DefaultSource.Snapshot}}
            The inventory or the snapshot of the cloud, where the command line names none.
            .TP
            .BR OS_CLOUD ", " OS_AUTH_URL ", " OS_PASSWORD " ..."
            How the OpenStack API is asked, as for the openstack client.
            .TP
            .B NO_COLOR
            No colours, whatever it is set to.
            .SH EXAMPLES
            .nf
            quantumnet init cloud.json \-ComputerName compute1,netnode \-ControllerName controller
            quantumnet Test\-DhcpPath 1408934f \-Inventory cloud.json
            quantumnet Get\-QuantumPort \-As Json | quantumnet Test\-DhcpPath
            quantumnet Save\-QuantumSnapshot incident.zip \-PortId 1408934f \-Inventory cloud.json
            .fi
            .SH SEE ALSO
            .BR ssh (1),
            .BR ssh_config (5),
            .BR ovs\-ofctl (8),
            .BR dnsmasq (8)
            .PP

            """.ReplaceLineEndings("\n"));
        text.Append("Topics, by \\fBquantumnet help\\fR: ").Append(Escaped(string.Join(", ", Topics.Names())))
            .Append(".\n");
    }

    /// <summary>Text in which nothing is a request or an escape (groff(7)).</summary>
    private static string Escaped(string text)
    {
        string plain = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal);
        return plain.StartsWith('.') || plain.StartsWith('\'') ? "\\&" + plain : plain;
    }
}
