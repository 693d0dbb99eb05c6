using QuantumNet.Snapshots;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using QuantumNet.Binding;

namespace QuantumNet.Engine.Tests;

/// <summary>The names with wildcards that cmdlets take mean what they mean to PowerShell's own.</summary>
public sealed class WildcardTests
{
    /// <summary>Few letters, so that patterns often fit; every character that means something. Letters whose other case
    /// depends on the language, such as the Turkish i, are left out: no device has them in its name.</summary>
    private const string PatternCharacters = "aAbBc-_zZ019*?[]`^!\u00e9";
    private const string TextCharacters = "aAbBc-_zZ019*?[]`^!\u00e9\u00c9";
    private const int Runs = 50_000;

    [Fact]
    public void Names_fit_patterns_as_in_PowerShell()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Runs).WithStartSize(1).WithEndSize(12);
        Prop.ForAll(Texts(PatternCharacters), Texts(TextCharacters),
            (pattern, text) => Expected(pattern, text) is not { } expected
                || new Wildcard(pattern).Matches(text) == expected).Check(config);
    }

    [Theory]
    [InlineData("br-*", "br-int", true)]
    [InlineData("br-[a-k]*", "BR-INT", true)]
    [InlineData("a`*b", "a*b", true)]
    [InlineData("a`*b", "axb", false)]
    [InlineData("[^a]", "b", false)]
    [InlineData("*`", "x`", true)]
    public void Examples_fit_as_in_PowerShell(string pattern, string text, bool fits)
    {
        Assert.Equal(fits, Expected(pattern, text));
        Assert.Equal(fits, new Wildcard(pattern).Matches(text));
    }

    /// <summary>PowerShell refuses a pattern whose bracket nobody closes;
    /// a cmdlet of ours takes it as it stands.</summary>
    [Fact]
    public void A_bracket_that_nobody_closes_is_itself()
    {
        Assert.Null(Expected("a[b", "a[b"));
        Assert.True(new Wildcard("a[b").Matches("A[B"));
    }

    private static bool? Expected(string pattern, string text)
    {
        try
        {
            return new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(text);
        }
        // "[a-[b]" is too much for PowerShell's own
        catch (Exception e) when (e is WildcardPatternException or RegexParseException)
        {
            return null;
        }
    }

    private static Arbitrary<string> Texts(string characters) =>
        Gen.Elements(characters.ToCharArray()).ArrayOf().Select(all => new string(all)).ToArbitrary();
}
