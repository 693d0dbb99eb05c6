namespace QuantumNet.HelpPages;

/// <summary>What a cmdlet's page of docs/en-US says. Its form is that of PlatyPS (schema 2024-05-01).
/// Texts are Markdown as it stands in the page.</summary>
internal sealed record CommandPage
{
    /// <summary><c>Verb-Noun</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The front matter, verbatim, without its fences.</summary>
    public required string FrontMatter { get; init; }

    /// <summary>The address that <c>Get-Help -Online</c> opens; empty where there is none.</summary>
    public string HelpUri { get; init; } = "";

    /// <summary>What the cmdlet does, in one sentence.</summary>
    public required string Synopsis { get; init; }

    /// <summary>One block for each parameter set.</summary>
    public required SyntaxBlock[] Syntax { get; init; }

    /// <summary>Other names of the cmdlet, in the page's words.</summary>
    public required string Aliases { get; init; }

    /// <summary>What it does, in paragraphs.</summary>
    public required string Description { get; init; }

    /// <summary>The examples.</summary>
    public required PageExample[] Examples { get; init; }

    /// <summary>The parameters, by name; the common ones are not among them.</summary>
    public required PageParameter[] Parameters { get; init; }

    /// <summary>What the pipeline may bring.</summary>
    public required PageType[] Inputs { get; init; }

    /// <summary>What comes out.</summary>
    public required PageType[] Outputs { get; init; }

    /// <summary>What is to be known besides.</summary>
    public required string Notes { get; init; }

    /// <summary>Where to read on.</summary>
    public required PageLink[] Links { get; init; }
}

/// <summary>One example.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The commands, in PowerShell.</param>
/// <param name="Remark">What the page says about it.</param>
internal sealed record PageExample(string Title, string Code, string Remark);

/// <summary>A type of the pipeline.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Description">What it is there.</param>
internal sealed record PageType(string Name, string Description);

/// <summary>A link to another page.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Target">The file of the page, or an address.</param>
internal sealed record PageLink(string Text, string Target);

/// <summary>A parameter.</summary>
/// <param name="Name">Its name, without the dash.</param>
/// <param name="Description">What the page says of it.</param>
/// <param name="Facts">What the cmdlet's code says of it.</param>
internal sealed record PageParameter(string Name, string Description, ParameterFacts Facts);

/// <summary>The YAML block of a parameter. Names and order of the properties are PlatyPS's.</summary>
internal sealed record ParameterFacts
{
    /// <summary>Its full type.</summary>
    public string Type { get; init; } = "";
    /// <summary>What it is when left out; empty where that is nothing.</summary>
    public string DefaultValue { get; init; } = "";
    /// <summary>Whether * and ? stand for other characters.</summary>
    public bool SupportsWildcards { get; init; }
    /// <summary>Other names.</summary>
    public string[] Aliases { get; init; } = [];
    /// <summary>What it is in each set.</summary>
    public ParameterSetFacts[] ParameterSets { get; init; } = [];
    /// <summary>Whether completion hides it.</summary>
    public bool DontShow { get; init; }
    /// <summary>The values it accepts; empty for any.</summary>
    public string[] AcceptedValues { get; init; } = [];
    /// <summary>What the prompt for it says.</summary>
    public string HelpMessage { get; init; } = "";
}

/// <summary>What a parameter is in one set.</summary>
internal sealed record ParameterSetFacts
{
    /// <summary>The name that PlatyPS gives to all sets together.</summary>
    public const string All = "(All)";

    /// <summary>The set.</summary>
    public string Name { get; init; } = All;
    /// <summary>A number, or <c>Named</c>.</summary>
    public string Position { get; init; } = "Named";
    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }
    /// <summary>Whether a piped value becomes it as a whole.</summary>
    public bool ValueFromPipeline { get; init; }
    /// <summary>Whether a property of a piped object becomes it.</summary>
    public bool ValueFromPipelineByPropertyName { get; init; }
    /// <summary>Whether it takes all arguments that are left.</summary>
    public bool ValueFromRemainingArguments { get; init; }
}
