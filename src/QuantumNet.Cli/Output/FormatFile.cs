using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace QuantumNet.Cli.Output;

/// <summary>One column of a table, or one line of a list.</summary>
/// <param name="Label">Its heading.</param>
/// <param name="Property">The property it shows.</param>
/// <param name="AlignRight">Whether it is aligned to the right.</param>
/// <param name="Width">Its columns; null for as many as it needs.</param>
/// <param name="Format">A composite format for the value; empty for none.</param>
/// <param name="Separator">What stands between the values of a list.</param>
internal sealed record ViewColumn(
    string Label, string Property, bool AlignRight, int? Width, string Format = "", string Separator = ViewColumn.Comma)
{
    /// <summary>What stands between values where a view does not say otherwise.</summary>
    public const string Comma = ", ";
}

/// <summary>How a type is shown.</summary>
/// <param name="GroupBy">The property whose change starts a new table; null for none.</param>
/// <param name="Table">The table's columns; empty when the type has no table.</param>
/// <param name="List">The list's lines; empty when the type has no list.</param>
internal sealed record TypeView(string? GroupBy, ViewColumn[] Table, ViewColumn[] List);

/// <summary>The module's own <c>QuantumNet.Format.ps1xml</c> (about_Format.ps1xml),
/// so that the views of PowerShell and of <c>quantumnet</c> are the same. Script blocks are not run: the property
/// named by the column's label is shown instead, a list with what its <c>-join</c> puts between the values.
/// QuantumNet.Engine.Tests hold the two together.</summary>
internal static class FormatFile
{
    private const string Resource = "QuantumNet.Format.ps1xml";

    /// <summary>The views by the full name of their type.</summary>
    public static Dictionary<string, TypeView> Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        return Read(stream);
    }

    /// <summary>Reads a format file.</summary>
    public static Dictionary<string, TypeView> Read(Stream stream)
    {
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var views = new Dictionary<string, TypeView>(StringComparer.Ordinal);
        foreach (XElement view in XDocument.Load(reader).Descendants("View"))
        {
            ViewColumn[] table = [.. TableColumns(view)];
            ViewColumn[] list = [.. ListLines(view)];
            string? group = (string?)view.Element("GroupBy")?.Element("PropertyName");
            foreach (XElement type in view.Elements("ViewSelectedBy").Elements("TypeName"))
            {
                TypeView old = views.GetValueOrDefault(type.Value, new TypeView(null, [], []));
                views[type.Value] = new TypeView(old.GroupBy ?? group, old.Table.Length > 0 ? old.Table : table,
                    old.List.Length > 0 ? old.List : list);
            }
        }
        return views;
    }

    private static IEnumerable<ViewColumn> TableColumns(XElement view)
    {
        XElement[] headers = [.. view.Descendants("TableColumnHeader")];
        XElement[] items = [.. view.Descendants("TableColumnItem")];
        for (int i = 0; i < items.Length; i++)
        {
            XElement? header = i < headers.Length ? headers[i] : null;
            string property = (string?)items[i].Element("PropertyName") ?? "";
            string label = (string?)header?.Element("Label") ?? property;
            bool right = (string?)header?.Element("Alignment") == "Right"
                || (string?)items[i].Element("Alignment") == "Right";
            yield return new ViewColumn(label, property.Length > 0 ? property : label, right,
                (int?)header?.Element("Width"), (string?)items[i].Element("FormatString") ?? "",
                SeparatorOf((string?)items[i].Element("ScriptBlock") ?? ""));
        }
    }

    /// <summary>The text after <c>-join</c>.</summary>
    private static string SeparatorOf(string script)
    {
        const string Join = " -join '";
        int start = script.LastIndexOf(Join, StringComparison.Ordinal);
        return start > 0 && script.EndsWith('\'') ? script[(start + Join.Length)..^1] : ViewColumn.Comma;
    }

    private static IEnumerable<ViewColumn> ListLines(XElement view)
    {
        foreach (XElement item in view.Descendants("ListItem"))
        {
            string property = (string?)item.Element("PropertyName") ?? "";
            string label = (string?)item.Element("Label") ?? property;
            yield return new ViewColumn(label, property.Length > 0 ? property : label, AlignRight: false, Width: null);
        }
    }
}
