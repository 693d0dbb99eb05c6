namespace QuantumNet.Reports;

/// <summary>Where a card stands.</summary>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Height">Its height.</param>
/// <param name="IsAbove">Whether the underlay is below it.</param>
/// <param name="IsNext">Whether no other card stands between it and the underlay.</param>
internal readonly record struct CardPlace(double X, double Y, double Height, bool IsAbove, bool IsNext)
{
    /// <summary>The edge that faces the underlay.</summary>
    public double FacingY => IsAbove ? Y + Height : Y;
}

/// <summary>Where everything of a picture stands: cards in rows above and below the one underlay.</summary>
/// <param name="Places">The cards, in their order.</param>
/// <param name="Width">The picture's width.</param>
/// <param name="Height">The height of all but the legend.</param>
/// <param name="Underlay">The underlay's upper and lower edge.</param>
internal sealed record TopologyLayout(
    IReadOnlyList<CardPlace> Places, double Width, double Height, (double Top, double Bottom) Underlay)
{
    /// <summary>Space around the picture.</summary>
    public const double Margin = 24;
    /// <summary>Width of a card.</summary>
    public const double CardWidth = 360;
    /// <summary>Space between cards side by side, in which lines run.</summary>
    public const double Gutter = 32;
    /// <summary>Height of a tunnel's lane in the underlay.</summary>
    public const double Lane = 8;

    private const double RowGap = 28;
    private const double BandGap = 32;
    private const double BandHeight = 28;
    // What a window of 1280 pixels shows: a picture scrolls down, not sideways.
    private const int WidestRow = 3;

    /// <summary>Places cards.</summary>
    /// <param name="heights">Their heights.</param>
    /// <param name="lanes">Tunnels that have a lane each in the underlay.</param>
    public static TopologyLayout Of(double[] heights, int lanes)
    {
        int perRow = heights.Length <= WidestRow ? Math.Max(1, heights.Length)
            : Math.Clamp((int)Math.Ceiling(Math.Sqrt(heights.Length)), 2, WidestRow);
        double[][] rows = [.. heights.Chunk(perRow)];
        int above = (rows.Length + 1) / 2;
        List<CardPlace> places = [];
        double y = Margin, top = 0, band = BandHeight + (lanes * Lane);
        for (int row = 0; row < rows.Length; row++)
        {
            double highest = rows[row].Max();
            for (int i = 0; i < rows[row].Length; i++)
            {
                // Above, cards stand on one line, so that their lines to the underlay are short.
                double at = row < above ? y + highest - rows[row][i] : y;
                places.Add(new(Margin + (i * (CardWidth + Gutter)), at, rows[row][i], row < above,
                    row == above - 1 || row == above));
            }
            y += highest + RowGap;
            if (row != above - 1)
                continue;
            top = y - RowGap + BandGap;
            y = top + band + BandGap;
        }
        double width = (2 * Margin) + (perRow * CardWidth) + (perRow * Gutter);
        return new(places, width, rows.Length > above ? y : top + band + RowGap, (top, top + band));
    }
}
