using System.Globalization;
using System.Text;

namespace QuantumNet;

/// <summary>Draws a mesh of tunnels as text, for the views of PowerShell and of <c>quantumnet</c>.</summary>
public static class OvsMeshText
{
    /// <summary>A row for each node, a column for each other: <c>.</c> its end of the tunnel is good, <c>X</c> it is
    /// broken, <c>!</c> there is a latent fault, <c>?</c> it was not reached or something was not collected; a blank
    /// where no tunnel is needed.</summary>
    public static string Matrix(OvsMeshResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Pairs.Length == 0)
            return "";
        int number = result.Nodes.Length.ToString(CultureInfo.InvariantCulture).Length;
        int name = result.Nodes.Max(node => node.Length);
        var text = new StringBuilder(new string(' ', number + 1 + name));
        for (int column = 0; column < result.Nodes.Length; column++)
            text.Append(' ').Append((column + 1).ToString(CultureInfo.InvariantCulture).PadLeft(number));
        for (int row = 0; row < result.Nodes.Length; row++)
        {
            text.Append('\n').Append((row + 1).ToString(CultureInfo.InvariantCulture).PadLeft(number)).Append(' ')
                .Append(result.Nodes[row].PadRight(name));
            foreach (string column in result.Nodes)
                text.Append(' ').Append(Cell(result, result.Nodes[row], column).ToString().PadLeft(number));
        }
        return text.ToString();
    }

    private static char Cell(OvsMeshResult result, string row, string column)
    {
        if (row == column)
            return '-';
        OvsTunnelPair? pair = Array.Find(result.Pairs, one =>
            (one.ComputerName == row && one.RemoteComputerName == column)
            || (one.ComputerName == column && one.RemoteComputerName == row));
        if (pair is null)
            return ' ';
        Finding[] own = Array.FindAll(pair.Findings, finding => finding.ComputerName == row);
        return own.Any(one => one is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error }) ? 'X'
            : own.Any(one => one is { Status: FindingStatus.Unknown, Severity: CheckSeverity.Error })
                || pair.Status == DhcpPathStatus.Unknown ? '?'
            : own.Any(one => one is { Status: FindingStatus.Fail, Severity: CheckSeverity.Warning }) ? '!' : '.';
    }
}
