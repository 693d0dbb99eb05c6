namespace QuantumNet.Pipeline;

/// <summary>A cmdlet that tells which collectors and records it reads.</summary>
internal interface INeedsCollectors
{
    /// <summary>Names of collectors, and kinds of records as <c>record:port</c>.</summary>
    IEnumerable<string> Needs { get; }
}

/// <summary>Which cmdlets wait for what: told by the cmdlets themselves.</summary>
internal static class CmdletNeeds
{
    private static readonly Lazy<ILookup<string, string>> s_cmdlets = new(() => typeof(CmdletNeeds).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(INeedsCollectors).IsAssignableFrom(type))
        .SelectMany(type => ((INeedsCollectors)Activator.CreateInstance(type)!).Needs
            .Select(need => (Need: need, Name: NameOf(type))))
        .Distinct().ToLookup(one => one.Need, one => one.Name, StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<HashSet<string>> s_names = new(() => [.. typeof(CmdletNeeds).Assembly.GetTypes()
        .Select(NameOf).Where(name => name.Length > 0)]);

    /// <summary>The cmdlets that wait for a collector or a kind of record; a cmdlet's own name means itself.</summary>
    public static IReadOnlyList<string> Of(string need) =>
        s_names.Value.Contains(need) ? [need] : [.. s_cmdlets.Value[need]];

    // As written: outside PowerShell the attribute itself holds nothing.
    private static string NameOf(Type type) => type.CustomAttributes
        .FirstOrDefault(attribute => attribute.AttributeType == typeof(CmdletAttribute))
        is { ConstructorArguments: [{ Value: string verb }, { Value: string noun }, ..] } ? $"{verb}-{noun}" : "";
}
