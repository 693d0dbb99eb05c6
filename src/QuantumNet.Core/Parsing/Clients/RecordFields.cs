using System.Text;

namespace QuantumNet.Parsing.Clients;

/// <summary>One record as it was printed: its fields under one spelling of their names, and its text.</summary>
internal sealed class RecordFields
{
    private readonly Dictionary<string, FieldValue> _fields = [];

    /// <summary>The record's own text.</summary>
    public string RawText { get; set; } = "";
    /// <summary>The request it answers.</summary>
    public string Command { get; set; } = "";
    /// <summary>Who answered.</summary>
    public string AnsweredBy { get; set; } = "";
    /// <summary>Where it comes from.</summary>
    public RecordSource Source { get; set; }
    /// <summary>Number of fields: the more, the better it tells.</summary>
    public int Count => _fields.Count;

    /// <summary>Names of its fields, in one spelling.</summary>
    public IEnumerable<string> Names => _fields.Keys;

    /// <summary>Sets a field, its name in any spelling: <c>binding:host_id</c>, <c>MAC Address</c>.</summary>
    public void Set(string name, FieldValue value) => _fields[Spell(name)] = value;

    /// <summary>Sets a field that nothing is known of yet.</summary>
    public void SetMissing(string name, string value)
    {
        if (!Find(name).IsFilled)
            Set(name, FieldValue.Of(value));
    }

    /// <summary>The first of the fields that says anything.</summary>
    public FieldValue Find(params ReadOnlySpan<string> names)
    {
        FieldValue found = FieldValue.None;
        foreach (string name in names)
        {
            if (!_fields.TryGetValue(name, out FieldValue? value) || value.IsNone)
                continue;
            if (value.IsFilled)
                return value;
            found = value;
        }
        return found;
    }

    /// <summary>Whether one of the fields was told at all, filled or not.</summary>
    public bool Tells(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_fields.TryGetValue(name, out FieldValue? value) && !value.IsNone)
                return true;
        }
        return false;
    }

    /// <summary>A field's text; empty when it says nothing.</summary>
    public string Text(params ReadOnlySpan<string> names) => Find(names).Text ?? "";

    /// <summary>A field's truth; null when it says nothing.</summary>
    public bool? Flag(params ReadOnlySpan<string> names) => Find(names).AsFlag();

    /// <summary>A field's number; null when it says none.</summary>
    public int? Number(params ReadOnlySpan<string> names) => Find(names).AsNumber();

    /// <summary>Takes what another answer about the same record tells; the fuller answer wins.</summary>
    public void Merge(RecordFields other)
    {
        bool otherIsFuller = other.Count > Count;
        foreach ((string name, FieldValue value) in other._fields)
        {
            bool known = _fields.TryGetValue(name, out FieldValue? mine) && !mine.IsNone;
            if (!known || (otherIsFuller && !value.IsNone))
                _fields[name] = value;
        }
        if (!otherIsFuller)
            return;
        RawText = other.RawText;
        Command = other.Command;
        AnsweredBy = other.AnsweredBy;
        Source = other.Source;
    }

    private static string Spell(string name)
    {
        var spelled = new StringBuilder(name.Length);
        foreach (char letter in name.Trim())
            spelled.Append(letter is ' ' or ':' or '-' or '/' ? '_' : char.ToLowerInvariant(letter));
        return spelled.ToString();
    }
}
