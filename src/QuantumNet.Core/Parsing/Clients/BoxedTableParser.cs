using System.Text;

namespace QuantumNet.Parsing.Clients;

/// <summary>A table that a client framed with <c>+---+</c>.</summary>
public sealed record BoxedTable
{
    /// <summary>Column titles.</summary>
    public string[] Columns { get; init; } = [];
    /// <summary>Its rows.</summary>
    public IReadOnlyList<BoxedRow> Rows { get; init; } = [];
    /// <summary>Whether all of it was read: its end came, and every line fitted its frame.
    /// What a part does not show may still be there.</summary>
    public bool IsWhole { get; init; } = true;
    /// <summary>Whether it shows one record, its columns being Field and Value (Property and Value of nova).</summary>
    public bool IsRecord => Columns is ["Field" or "Property", "Value"];
}

/// <summary>A row of a framed table.</summary>
public sealed record BoxedRow
{
    /// <summary>Line of its first line, from 1.</summary>
    public int LineNumber { get; init; }
    /// <summary>Its cells, trimmed; the lines of a cell that spans several are joined by line feeds.</summary>
    public string[] Cells { get; init; } = [];
    /// <summary>Its lines, verbatim.</summary>
    public string RawText { get; init; } = "";
}

/// <summary>Reads the tables of the quantum, neutron, nova and openstack clients (prettytable):
/// <code>
/// +------+--------+
/// | Name | Status |
/// +------+--------+
/// | vm1  | ACTIVE |
/// +------+--------+
/// </code>
/// A cell with several lines continues in rows whose first cell is empty. Cells may hold <c>|</c>: borders are found by
/// the frame's columns, counted as a terminal would (wide characters take two).</summary>
public static class BoxedTableParser
{
    /// <summary>All tables of a text; lines outside tables are known client chatter or reported.</summary>
    public static List<BoxedTable> ParseAll(string text, TextSource source)
    {
        var tables = new List<BoxedTable>();
        var table = new OpenTable();
        int lineNumber = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (IsFrame(line))
            {
                if (table.TakeFrame(line) is { } done)
                    tables.Add(done);
            }
            else if (line.Length > 0 && line[0] == '|' && table.IsOpen)
                table.TakeLine(line, lineNumber, source);
            else
                TakeOutside(line, lineNumber, table, source);
        }
        if (table.TakeEnd(lineNumber, source) is { } last)
            tables.Add(last);
        return tables;
    }

    private static bool IsFrame(ReadOnlySpan<char> line) =>
        line.Length >= 3 && line[0] == '+' && line[^1] == '+' && line.IndexOfAnyExcept("+-=") < 0;

    private static void TakeOutside(ReadOnlySpan<char> line, int lineNumber, OpenTable table, TextSource source)
    {
        if (table.TakeWrapped(line) || ClientChatter.IsKnown(line))
            return;
        source.Report(lineNumber, 1, "Not part of a table", line);
    }

    /// <summary>A table while its lines come in.</summary>
    private sealed class OpenTable
    {
        private readonly List<BoxedRow> _rows = [];
        // What goes on of the last row: its cells' texts and its lines.
        private StringBuilder[]? _cells;
        private readonly StringBuilder _lines = new();
        private int[] _borders = [];
        private string[]? _columns;
        private bool _headEnded;
        private bool _isWhole = true;

        public bool IsOpen => _borders.Length > 0;

        public BoxedTable? TakeFrame(ReadOnlySpan<char> frame)
        {
            if (!IsOpen)
            {
                _borders = BordersOf(frame);
                return null;
            }
            if (!_headEnded)
            {
                _headEnded = true;
                return null;
            }
            return Close();
        }

        public BoxedTable? TakeEnd(int lineNumber, TextSource source)
        {
            if (!IsOpen)
                return null;
            source.Report(lineNumber, 1, "Truncated table", "");
            _isWhole = false;
            return Close();
        }

        public void TakeLine(ReadOnlySpan<char> line, int lineNumber, TextSource source)
        {
            if (!TrySplit(line, _borders, out string[] cells))
            {
                source.Report(lineNumber, 1, "Cells do not fit the table's frame", line);
                _isWhole = false;
                return;
            }
            if (!_headEnded)
                _columns = _columns is null ? Trimmed(cells) : Join(_columns, cells);
            else if (Continues(cells))
                Extend(cells, line);
            else
                AddRow(cells, line, lineNumber);
        }

        private void AddRow(string[] cells, ReadOnlySpan<char> line, int lineNumber)
        {
            EndRow();
            _rows.Add(new() { LineNumber = lineNumber, Cells = Trimmed(cells), RawText = line.ToString() });
        }

        private void Extend(string[] more, ReadOnlySpan<char> line)
        {
            BoxedRow row = _rows[^1];
            _cells ??= Array.ConvertAll(row.Cells, cell => new StringBuilder(cell));
            for (int i = 0; i < Math.Min(_cells.Length, more.Length); i++)
            {
                string addition = more[i].Trim();
                if (addition.Length > 0)
                    _cells[i].Append(_cells[i].Length == 0 ? "" : "\n").Append(addition);
            }
            _lines.Append('\n').Append(line);
        }

        private void EndRow()
        {
            if (_cells is null)
                return;
            _rows[^1] = _rows[^1] with
            {
                Cells = Array.ConvertAll(_cells, cell => cell.ToString()),
                RawText = _rows[^1].RawText + _lines,
            };
            _cells = null;
            _lines.Clear();
        }

        /// <summary>A blank line inside a table belongs to a cell with line breaks that was not padded.</summary>
        public bool TakeWrapped(ReadOnlySpan<char> line) => line.IsWhiteSpace();

        private bool Continues(string[] cells)
        {
            if (_rows.Count == 0 || cells.Length == 0 || cells[0].AsSpan().Trim().Length > 0)
                return false;
            return _rows[^1].Cells[0].Length > 0;
        }

        private BoxedTable Close()
        {
            EndRow();
            var table = new BoxedTable { Columns = _columns ?? [], Rows = [.. _rows], IsWhole = _isWhole };
            _rows.Clear();
            _borders = [];
            _columns = null;
            _headEnded = false;
            _isWhole = true;
            return table;
        }
    }

    private static string[] Join(string[] cells, string[] more)
    {
        var joined = new string[cells.Length];
        for (int i = 0; i < joined.Length; i++)
        {
            string addition = i < more.Length ? more[i].Trim() : "";
            joined[i] = addition.Length == 0 ? cells[i] : cells[i].Length == 0 ? addition : $"{cells[i]}\n{addition}";
        }
        return joined;
    }

    private static string[] Trimmed(string[] cells) => Array.ConvertAll(cells, cell => cell.Trim());

    private static int[] BordersOf(ReadOnlySpan<char> frame)
    {
        var borders = new List<int>();
        for (int i = 0; i < frame.Length; i++)
        {
            if (frame[i] == '+')
                borders.Add(i);
        }
        return [.. borders];
    }

    private static bool TrySplit(ReadOnlySpan<char> line, int[] borders, out string[] cells) =>
        TrySplitByColumn(line, borders, out cells) || TrySplitByBar(line, borders.Length - 1, out cells);

    private static bool TrySplitByColumn(ReadOnlySpan<char> line, int[] borders, out string[] cells)
    {
        cells = new string[borders.Length - 1];
        int column = 0, index = 0, border = 0, start = 0;
        while (index < line.Length && border < borders.Length)
        {
            if (column > borders[border])
                return false;
            if (column == borders[border])
            {
                if (line[index] != '|')
                    return false;
                if (border > 0)
                    cells[border - 1] = line[start..index].ToString();
                start = index + 1;
                border++;
            }
            Rune.DecodeFromUtf16(line[index..], out Rune rune, out int length);
            column += DisplayWidth.Of(rune);
            index += length;
        }
        return border == borders.Length && index == line.Length;
    }

    /// <summary>Where padding is off (a client counted a character's width differently), bars with spaces
    /// around must do.</summary>
    private static bool TrySplitByBar(ReadOnlySpan<char> line, int count, out string[] cells)
    {
        cells = [];
        if (line.Length < 2 || line[^1] != '|')
            return false;
        string[] parts = line[1..^1].ToString().Split('|');
        if (parts.Length != count)
            return false;
        cells = parts;
        return true;
    }
}
