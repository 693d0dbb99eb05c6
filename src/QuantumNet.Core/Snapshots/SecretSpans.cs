using System.Text;

namespace QuantumNet.Snapshots;

/// <summary>The places of a line that hold secrets.</summary>
internal sealed class SecretSpans
{
    private readonly List<(int Start, int End)> _spans = [];

    /// <summary>Whether there is any.</summary>
    public bool IsEmpty => _spans.Count == 0;

    /// <summary>Adds a place; an empty one is none.</summary>
    public void Add(int start, int end)
    {
        if (end > start)
            _spans.Add((start, end));
    }

    /// <summary>The line with a mask for each place; places that touch each other are one.</summary>
    public string Masked(ReadOnlySpan<char> line)
    {
        _spans.Sort();
        StringBuilder text = new(line.Length);
        int done = 0;
        for (int i = 0; i < _spans.Count; i++)
        {
            (int start, int end) = _spans[i];
            for (; i + 1 < _spans.Count && _spans[i + 1].Start <= end; i++)
                end = Math.Max(end, _spans[i + 1].End);
            text.Append(line[done..start]).Append(Scrubber.Mask);
            done = end;
        }
        return text.Append(line[done..]).ToString();
    }
}
