using System.Globalization;
using System.Text;

namespace QuantumNet;

/// <summary>Draws how far each message of a trace came, for the views of PowerShell and of <c>quantumnet</c>.</summary>
public static class TraceText
{
    private const int NameRoom = 34;

    /// <summary>A row for each hop of the path in its order, a column for each kind of message in the order of time:
    /// how often it was seen there; <c>.</c> where it was not, <c>-</c> where nothing was captured. <c>X</c> stands
    /// before the first hop that missed one.</summary>
    public static string Matrix(DhcpTraceResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        DhcpTraceHop[] seen = [.. result.Transactions.Where(one => one.IsOfPort).SelectMany(one => one.Hops)];
        DhcpMessageType[] types = [.. seen.OrderBy(hop => hop.Time).Select(hop => hop.Type).Distinct()];
        if (result.Points.Length == 0 || types.Length == 0)
            return string.Join('\n', (object[])result.Points);
        int name = Math.Min(NameRoom, result.Points.Max(point => point.Hop.Length));
        var text = new StringBuilder(new string(' ', name + 2));
        foreach (DhcpMessageType type in types)
            text.Append("  ").Append(type);
        foreach (DhcpTracePoint point in result.Points)
        {
            text.Append('\n').Append(point.Hop == result.FirstMissing ? "X " : "  ").Append(point.Hop.PadRight(name));
            foreach (DhcpMessageType type in types)
                text.Append("  ").Append(Cell(point, seen, type).PadLeft($"{type}".Length));
            if (!point.IsCaptured && point.Reason.Length > 0)
                text.Append("  ").Append(point.Reason);
        }
        return text.ToString();
    }

    private static string Cell(DhcpTracePoint point, DhcpTraceHop[] seen, DhcpMessageType type)
    {
        int count = seen.Where(hop => hop.Hop == point.Hop && hop.Type == type).Sum(hop => hop.Count);
        return count > 0 ? count.ToString(CultureInfo.InvariantCulture) : point.IsCaptured ? "." : "-";
    }
}
