using System.Reflection;
using System.Xml.Linq;
using QuantumNet.Cli.Output;
using QuantumNet.Pipeline;

namespace QuantumNet.Engine.Tests;

/// <summary>Columns that PowerShell fills by a script block hold the same text in <c>quantumnet</c>,
/// which runs none.</summary>
public sealed class FormatTests : IClassFixture<MetadataTests.Session>
{
    private readonly Engine _engine;

    public FormatTests(MetadataTests.Session session) => _engine = session.Engine;

    /// <summary>Type, label and script of every such column.</summary>
    public static TheoryData<string, string, string> Columns
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (XElement view in XDocument.Load(Path.Combine(AppContext.BaseDirectory, "QuantumNet.Format.ps1xml"))
                .Descendants("View"))
            {
                XElement[] headers = [.. view.Descendants("TableColumnHeader")],
                    items = [.. view.Descendants("TableColumnItem")];
                foreach ((XElement header, XElement item) in headers.Zip(items)
                    .Where(one => one.Second.Element("ScriptBlock") is not null))
                    all.Add((string)view.Descendants("TypeName").First(), (string)header.Element("Label")!,
                        (string)item.Element("ScriptBlock")!);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_of_a_script_block_reads_the_same_in_quantumnet(string typeName, string label, string script)
    {
        Type type = typeof(OvsFlow).Assembly.GetType(typeName) ?? typeof(QuantumCmdlet).Assembly.GetType(typeName)!;
        ViewColumn column = FormatFile.Load()[typeName].Table.Single(one => one.Label == label);
        PropertyInfo property = type.GetProperty(column.Property)!;
        foreach (object? value in Samples(property.PropertyType, script))
        {
            object row = Activator.CreateInstance(type)!;
            property.SetValue(row, value);
            Assert.Equal(Printed(row, script), Shown(typeName, label, Values.ToText(property.GetValue(row), column)));
        }
    }

    /// <summary>The one difference: PowerShell completes a shortened id with Tab, a shell does not,
    /// so that <c>quantumnet</c> prints it whole.</summary>
    private static string Shown(string type, string label, string text) =>
        (type, label) is ("QuantumNet.DhcpPathResult", "PortId") or ("QuantumNet.DhcpServerResult", "NetworkId")
            && text.Length > 8 ? text[..8] : text;

    private string Printed(object row, string script)
    {
        IReadOnlyList<PSObject> output = _engine.Get(
            "$all = @($input); $script = $all[1]; $all[0] | ForEach-Object ([scriptblock]::Create($script))",
            row, script);
        return string.Join(' ', output.Select(one => LanguagePrimitives.ConvertTo<string>(PSObject.AsPSObject(
            one?.BaseObject is string text
                ? new System.Management.Automation.Internal.StringDecorated(text).ToString(OutputRendering.PlainText)
                : one))));
    }

    private static IEnumerable<object?> Samples(Type type, string script)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            return Enum.GetValues(plain).Cast<object?>();
        if (plain == typeof(bool))
            return [true, false];
        if (plain == typeof(int))
            return [0, 5, 4095];
        if (type == typeof(string))
            return [.. script.Split('\'').Where((_, index) => index % 2 == 1), "other", "", "1408934f-0000"];
        if (type == typeof(string[]))
            return [Array.Empty<string>(), (string[])["a"], (string[])["a", "b"]];
        return [.. Enumerable.Range(0, 3).Select(count => Named(type.GetElementType()!, count))];
    }

    private static Array Named(Type element, int count)
    {
        var all = Array.CreateInstance(element, count);
        for (int i = 0; i < count; i++)
        {
            object one = Activator.CreateInstance(element)!;
            PropertyInfo named = element.GetProperty("ComputerName") ?? element.GetProperties()
                .First(property => property.PropertyType == typeof(string) && property.CanWrite);
            named.SetValue(one, $"n{i}");
            all.SetValue(one, i);
        }
        return all;
    }
}
