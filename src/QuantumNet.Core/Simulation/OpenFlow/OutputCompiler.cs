using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Compiles the actions that name ports.</summary>
internal static class OutputCompiler
{
    /// <summary><c>2</c>, a name, <c>NXM_NX_REG0[]</c>, <c>reg0[0..15]</c>, <c>port=2,max_len=100</c>.</summary>
    public static FlowAction? Output(OvsAction action, Func<string, int?> portNumber)
    {
        string argument = action.Argument;
        if (argument.StartsWith("port=", StringComparison.Ordinal))
        {
            string name = argument["port=".Length..].Split(',')[0];
            return portNumber(OvsNames.Unquoted(name)) is int cut
                ? new TruncatedOutputAction(action, cut) : NoNumber(action, name);
        }
        if (portNumber(argument) is int port)
            return port == PortNames.Controller ? new ControllerAction(action) : OutputAction.Of(action, port);
        return FieldPart.TryParse(argument, out FieldPart part)
            ? new OutputFieldAction(action, part) : NoNumber(action, argument);
    }

    /// <summary><c>enqueue:PORT:QUEUE</c>, <c>enqueue(PORT,QUEUE)</c>.</summary>
    public static FlowAction? Enqueue(OvsAction action, Func<string, int?> portNumber)
    {
        string name = action.Argument.Split(':', ',')[0];
        return portNumber(OvsNames.Unquoted(name)) is int port ? new OutputAction(action, port)
            : NoNumber(action, name);
    }

    /// <summary><c>5</c>, <c>5,60</c>, <c>,60</c>; with <c>,ct</c> behind it is another thing.</summary>
    public static FlowAction? Resubmit(OvsAction action, Func<string, int?> portNumber)
    {
        string[] parts = action.Argument.Split(',');
        int? table = null;
        int? port = null;
        if (parts.Length > 2)
            return null;
        if (parts.Length == 2 && parts[1].Length > 0 && (table = ActionCompiler.TableNumber(parts[1])) is null)
            return null;
        if (parts[0].Length > 0 && (port = portNumber(OvsNames.Unquoted(parts[0]))) is null)
            return NoNumber(action, parts[0]);
        return new ResubmitAction(action, port, table == byte.MaxValue ? null : table);
    }

    /// <summary><c>bundle(eth_src,50,hrw,ofport,members:4,8)</c>; <c>bundle_load</c> has a field before the members.
    /// Releases before 2.15 call them slaves.</summary>
    public static FlowAction? Bundle(OvsAction action, Func<string, int?> portNumber)
    {
        int colon = action.Argument.LastIndexOf(':');
        string[] head = colon < 0 ? [] : action.Argument[..colon].Split(',');
        if (head.Length < 5)
            return null;
        FieldPart? destination = null;
        if (action.Name == "bundle_load")
        {
            if (!FieldPart.TryParse(head[^2].Trim(), out FieldPart part))
                return null;
            destination = part;
        }
        var members = new List<int>();
        foreach (string name in action.Argument[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (portNumber(OvsNames.Unquoted(name.Trim())) is not int member)
                return NoNumber(action, name);
            members.Add(member);
        }
        return new BundleAction(action, [.. members], head[2].Trim() is "active_backup", destination);
    }

    private static UnmodelledAction NoNumber(OvsAction action, string port) =>
        new(action, $"nothing tells the number of port {port}");
}
