using System.Text;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>A recorded text with some of its words taken out, to be written with other words in their place.</summary>
internal sealed class Mold
{
    private readonly List<(string Before, int Word)> _parts = [];
    private readonly string _end;

    /// <summary>Takes the words out of a text; where several begin at one place, the longest.</summary>
    public Mold(string text, IReadOnlyList<string> recorded)
    {
        int start = 0;
        for (int at = 0; at < text.Length; at++)
        {
            int found = LongestAt(text, at, recorded);
            if (found < 0)
                continue;
            _parts.Add((text[start..at], found));
            start = at + recorded[found].Length;
            at = start - 1;
        }
        _end = text[start..];
    }

    /// <summary>Whether the text held any of the words.</summary>
    public bool HasWords => _parts.Count > 0;

    /// <summary>Writes the text with other words, in the order of the recorded ones.</summary>
    public void Write(StringBuilder into, IReadOnlyList<string> words)
    {
        foreach ((string before, int word) in _parts)
            into.Append(before).Append(words[word]);
        into.Append(_end);
    }

    private static int LongestAt(string text, int at, IReadOnlyList<string> recorded)
    {
        int found = -1;
        for (int i = 0; i < recorded.Count; i++)
        {
            if ((found < 0 || recorded[i].Length > recorded[found].Length)
                && string.CompareOrdinal(text, at, recorded[i], 0, recorded[i].Length) == 0)
                found = i;
        }
        return found;
    }
}

/// <summary>A recorded output, piece by piece (a line, or a line with those that belong to it): what tells of one port
/// or network is written once for each, in its place; what does not, once.</summary>
internal sealed class RecordedText
{
    private readonly List<Mold> _pieces = [];

    /// <summary>Takes an output apart.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="recorded">The words that differ from port to port.</param>
    /// <param name="begins">Whether a line begins a piece; every line does where this is null.</param>
    public RecordedText(IEnumerable<string> lines, IReadOnlyList<string> recorded, Predicate<string>? begins = null)
    {
        var piece = new StringBuilder();
        foreach (string line in lines)
        {
            if (piece.Length > 0 && begins?.Invoke(line) != false)
                Add(piece, recorded);
            piece.Append(line).Append('\n');
        }
        Add(piece, recorded);
    }

    /// <summary>How many pieces are written for each port, and how many once.</summary>
    public (int OfPort, int Once) Counts
    {
        get
        {
            int ofPort = _pieces.Count(piece => piece.HasWords);
            return (ofPort, _pieces.Count - ofPort);
        }
    }

    /// <summary>Writes the output for some ports.</summary>
    public void Write(StringBuilder into, IReadOnlyList<IReadOnlyList<string>> ports)
    {
        foreach (Mold piece in _pieces)
        {
            if (!piece.HasWords)
                piece.Write(into, []);
            else
                foreach (IReadOnlyList<string> words in ports)
                    piece.Write(into, words);
        }
    }

    /// <summary>The output for some ports.</summary>
    public string For(IReadOnlyList<IReadOnlyList<string>> ports)
    {
        var text = new StringBuilder();
        Write(text, ports);
        return text.ToString();
    }

    private void Add(StringBuilder piece, IReadOnlyList<string> recorded)
    {
        if (piece.Length > 0)
            _pieces.Add(new Mold(piece.ToString(), recorded));
        piece.Clear();
    }
}
