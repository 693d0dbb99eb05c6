namespace QuantumNet.Reports;

/// <summary>Ports in a table, one a line.</summary>
internal static class PortTable
{
    /// <summary>Writes it.</summary>
    public static void Write(MarkupWriter page, IReadOnlyList<DhcpPathResult> ports)
    {
        page.Open("table", ("class", "stack")).Open("thead").Open("tr");
        foreach (string head in (string[])["Instance", "Address", "Port", "Compute node", "DHCP"])
            page.Element("th", head, ("scope", "col"));
        page.Close().Close().Open("tbody").Line();
        foreach (DhcpPathResult port in ports)
        {
            page.Open("tr");
            Cell(page, "Instance", port.InstanceName.Length > 0 ? port.InstanceName : port.InstanceId);
            Cell(page, "Address", port.IpAddress);
            Cell(page, "Port", port.PortId);
            Cell(page, "Compute node", port.ComputeNode);
            Cell(page, "DHCP", string.Join(", ", port.DhcpNodes));
            page.Close().Line();
        }
        page.Close().Close().Line();
    }

    private static void Cell(MarkupWriter page, string label, string text) =>
        page.Open("td", ("data-label", label)).Name(text).Close();
}
