using System.Text;

namespace QuantumNet.HelpPages;

/// <summary>The syntax of one parameter set, as <c>Get-Command -Syntax</c> writes it, but for the common parameters:
/// PlatyPS leaves them out of a cmdlet's page, and Get-Help adds them.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="IsDefault">Whether it is the set that is taken when the arguments fit several.</param>
/// <param name="Command">The cmdlet.</param>
/// <param name="Parameters">Those with a position first, then those that must be given, then the rest.</param>
internal sealed record SyntaxBlock(string Set, bool IsDefault, string Command, SyntaxParameter[] Parameters)
{
    private const string CommonParameters = "[<CommonParameters>]";
    private const int Width = 100;

    /// <summary>Reads the text of a block.</summary>
    public static SyntaxBlock Parse(string set, bool isDefault, string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var parameters = new List<SyntaxParameter>();
        for (int i = 1; i < words.Length; i++)
        {
            if (words[i] == CommonParameters)
                continue;
            string type = i + 1 < words.Length && words[i + 1].StartsWith('<') ? words[i + 1] : "";
            parameters.Add(SyntaxParameter.Parse(words[i], type));
            i += type.Length > 0 ? 1 : 0;
        }
        return new SyntaxBlock(set, isDefault, words.FirstOrDefault() ?? "", [.. parameters]);
    }

    /// <summary>The block in lines of at most 100 columns.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        int column = 0;
        foreach (string part in (IEnumerable<string>)[Command, .. Parameters.Select(parameter => parameter.ToString())])
        {
            if (column + 1 + part.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }
            string word = text.Length == 0 ? part : " " + part;
            text.Append(word);
            column += word.Length;
        }
        return text.ToString();
    }
}

/// <summary>A parameter of a syntax block.</summary>
/// <param name="Name">Its name, without the dash.</param>
/// <param name="Type">Its type as PowerShell shortens it; empty for a switch.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="IsPositional">Whether its name may be left out.</param>
internal sealed record SyntaxParameter(string Name, string Type, bool IsMandatory, bool IsPositional)
{
    /// <summary>Reads <c>[[-Name]</c> and <c>&lt;type&gt;]</c>, with or without their square brackets.
    /// The type is empty for a switch.</summary>
    public static SyntaxParameter Parse(string name, string type)
    {
        string bare = name.Trim('[', ']', '-');
        if (type.Length == 0)
            return new SyntaxParameter(bare, "", !name.StartsWith('['), false);
        bool isOptional = type.EndsWith(">]", StringComparison.Ordinal);
        return new SyntaxParameter(bare, (isOptional ? type[..^1] : type)[1..^1], !isOptional, name.EndsWith(']'));
    }

    /// <summary>The parameter with its brackets: square ones around what may be left out.</summary>
    public override string ToString()
    {
        string text = IsPositional ? $"[-{Name}]" : $"-{Name}";
        text = Type.Length == 0 ? text : $"{text} <{Type}>";
        return IsMandatory ? text : $"[{text}]";
    }
}
