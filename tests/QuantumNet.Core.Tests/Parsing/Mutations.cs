using FsCheck;
using FsCheck.Fluent;

namespace QuantumNet.Core.Tests.Parsing;

/// <summary>Texts that no tool prints: arbitrary ones, and real ones with bits cut out,
/// doubled or overwritten.</summary>
internal static class Mutations
{
    /// <summary>Reads arbitrary text and mutations of a real text; fails when the parser throws.</summary>
    public static void NeverThrow(string real, Action<string> parse)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(200);
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => { parse(text ?? ""); return true; }).Check(config);
        Prop.ForAll(Of(real), text => { parse(text); return true; }).Check(config);
    }

    private static Arbitrary<string> Of(string real) => Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Mutate(real, new Random(seed)));

    private static string Mutate(string real, Random random)
    {
        string text = real;
        for (int i = random.Next(1, 6); i > 0 && text.Length > 1; i--)
        {
            int start = random.Next(text.Length);
            int length = Math.Min(random.Next(1, 40), text.Length - start);
            text = random.Next(4) switch
            {
                0 => text.Remove(start, length),
                1 => text.Insert(start, text.Substring(start, length)),
                2 => text[..start],
                _ => text.Remove(start, 1).Insert(start, Strange[random.Next(Strange.Length)]),
            };
        }
        return text;
    }

    private static readonly string[] Strange =
        ["\0", "\n", "\t", "\"", "\\", "!", "[", "]", ":", "-", "@", "%", "(", ",", "{",
            "99999999999999999999", "\ud800", "é", ""];
}
