using System.Globalization;
using System.Text;

namespace QuantumNet.Reports;

/// <summary>Writes HTML and SVG that is also well-formed XML: whatever comes from data passes here,
/// and is escaped here.</summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Text that is ours, as it stands: the document type, a style sheet.</summary>
    public MarkupWriter Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Opens an element; an attribute without a value is left out.</summary>
    public MarkupWriter Open(string element, params (string Name, string? Value)[] attributes)
    {
        Start(element, attributes);
        _text.Append('>');
        _open.Push(element);
        return this;
    }

    /// <summary>Closes the element that was opened last.</summary>
    public MarkupWriter Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Begins a new line of the source, for those who read that.</summary>
    public MarkupWriter Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>An element without content.</summary>
    public MarkupWriter Empty(string element, params (string Name, string? Value)[] attributes)
    {
        Start(element, attributes);
        _text.Append("/>");
        return this;
    }

    /// <summary>An element that holds text only.</summary>
    public MarkupWriter Element(string element, string? text, params (string Name, string? Value)[] attributes) =>
        Open(element, attributes).Text(text).Close();

    /// <summary>A name from data, which must not turn the direction of what stands around it.</summary>
    public MarkupWriter Name(string? text) => Element("bdi", text);

    /// <summary>Text, escaped, what is invisible in it made visible.</summary>
    public MarkupWriter Text(string? text, bool keepLines = false)
    {
        Escape(VisibleText.Of(text, keepLines));
        return this;
    }

    /// <summary>A number of a drawing.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Start(string element, (string Name, string? Value)[] attributes)
    {
        _text.Append('<').Append(element);
        foreach ((string name, string? value) in attributes)
        {
            if (value is null)
                continue;
            _text.Append(' ').Append(name).Append("=\"");
            Escape(VisibleText.Of(value));
            _text.Append('"');
        }
    }

    private void Escape(string text)
    {
        foreach (char sign in text)
        {
            _ = sign switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                _ => _text.Append(sign),
            };
        }
    }
}
