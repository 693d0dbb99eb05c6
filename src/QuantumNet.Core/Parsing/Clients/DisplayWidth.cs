using System.Globalization;
using System.Text;

namespace QuantumNet.Parsing.Clients;

/// <summary>Columns that a character takes on a terminal (Unicode Annex 11), as tables with a frame
/// are padded by it.</summary>
internal static class DisplayWidth
{
    /// <summary>0 for combining marks, 2 for wide and full-width characters, else 1.</summary>
    public static int Of(Rune rune)
    {
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return 0;
        return IsWide(rune.Value) ? 2 : 1;
    }

    private static bool IsWide(int value) => value switch
    {
        < 0x1100 => false,
        <= 0x115F => true,                       // Hangul Jamo
        >= 0x2E80 and <= 0x303E => true,         // CJK radicals, punctuation
        >= 0x3041 and <= 0x33FF => true,         // kana, CJK symbols
        >= 0x3400 and <= 0x4DBF => true,         // CJK extension A
        >= 0x4E00 and <= 0x9FFF => true,         // CJK
        >= 0xA000 and <= 0xA4CF => true,         // Yi
        >= 0xA960 and <= 0xA97F => true,         // Hangul Jamo extended A
        >= 0xAC00 and <= 0xD7A3 => true,         // Hangul syllables
        >= 0xF900 and <= 0xFAFF => true,         // CJK compatibility
        >= 0xFE30 and <= 0xFE6F => true,         // CJK compatibility forms
        >= 0xFF00 and <= 0xFF60 => true,         // full-width forms
        >= 0xFFE0 and <= 0xFFE6 => true,
        >= 0x1F300 and <= 0x1F64F => true,       // pictographs
        >= 0x1F900 and <= 0x1F9FF => true,
        >= 0x20000 and <= 0x3FFFD => true,       // CJK extensions B and later
        _ => false,
    };
}
