using System.Xml.Linq;
using QuantumNet.Binding;
using QuantumNet.Cli.Output;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>QuantumNet.Types.ps1xml lets every record that a cmdlet emits, and all that it holds, come back whole from
/// Export-Clixml and jobs. <c>UPDATE_GOLDEN=1</c> writes what is missing.</summary>
public sealed class TypesFileTests
{
    private const int Depth = 6;        // a verdict's findings, their evidence, its lines
    private static readonly string s_file =
        Path.Combine(Repository.Root, "src", "QuantumNet", "QuantumNet.Types.ps1xml");

    [Fact]
    public void Every_record_comes_back_as_what_it_was()
    {
        var types = XDocument.Load(s_file);
        foreach (Type record in Records())
        {
            SetStandardMember(types, record.FullName!, "SerializationDepth", $"{Depth}");
            XElement entry = Entry(types, record.FullName!);
            if (entry.Element("TypeConverter") is null)
                entry.Add(new XElement("TypeConverter", new XElement("TypeName", typeof(RecordConverter).FullName)));
            SetStandardMember(types, $"Deserialized.{record.FullName}", "TargetTypeForDeserialization",
                record.FullName!);
        }
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(s_file, $"{types.Declaration}\n{types}\n");
        Assert.Equal(types.ToString(), XDocument.Load(s_file).ToString());
    }

    /// <summary>What cmdlets emit, and the records in it.</summary>
    private static IEnumerable<Type> Records()
    {
        HashSet<Type> found = [];
        Stack<Type> open = new(ResultSchema.All().Values);
        while (open.TryPop(out Type? type))
        {
            type = type.IsArray ? type.GetElementType()! : type;
            if (type is not { IsClass: true, Namespace: "QuantumNet" } || type.GetConstructor([]) is null
                || type == typeof(QuantumConnection) || !found.Add(type))
                continue;
            foreach (var property in type.GetProperties())
                open.Push(property.PropertyType);
        }
        return found.OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    private static XElement Entry(XDocument types, string name)
    {
        XElement? entry = types.Root!.Elements("Type").FirstOrDefault(type => type.Element("Name")!.Value == name);
        if (entry is null)
            types.Root.Add(entry = new XElement("Type", new XElement("Name", name)));
        return entry;
    }

    private static void SetStandardMember(XDocument types, string type, string name, string value)
    {
        XElement entry = Entry(types, type);
        XElement members = entry.Element("Members") ?? new XElement("Members");
        if (members.Parent is null)
            entry.Element("Name")!.AddAfterSelf(members);
        XElement? standard = members.Elements("MemberSet")
            .FirstOrDefault(set => set.Element("Name")!.Value == "PSStandardMembers");
        if (standard is null)
            members.Add(standard = new XElement("MemberSet", new XElement("Name", "PSStandardMembers"),
                new XElement("Members")));
        XElement into = standard.Element("Members")!;
        into.Elements("NoteProperty").Where(note => note.Element("Name")!.Value == name).Remove();
        into.AddFirst(new XElement("NoteProperty", new XElement("Name", name), new XElement("Value", value)));
    }
}
