using QuantumNet.Binding;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The names that one parameter asks for, and whether anything that was read has them.
/// As with Get-Process, a name that nothing has is an error; a wildcard that fits nothing is not.</summary>
/// <typeparam name="T">What the cmdlet reads.</typeparam>
/// <param name="kind">What is named.</param>
/// <param name="names">What the parameter holds.</param>
/// <param name="valuesOf">The names of that kind that a record has.</param>
/// <param name="toPattern">How a name is looked for: a prefix of an id becomes a wildcard.</param>
internal sealed class NamedCondition<T>(
    NameKind kind, string[] names, Func<T, IEnumerable<string>> valuesOf, Func<string, string> toPattern)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is named.</summary>
    public NameKind Kind { get; } = kind;

    /// <summary>The names without wildcards; an empty one is that of a piped object which has none.</summary>
    public string[] Literals { get; } = Array.FindAll(names, name => name.Length > 0 && !Wildcard.IsPattern(name));

    /// <summary>The names that there are.</summary>
    public IReadOnlyCollection<string> Known => _known;

    /// <summary>Takes the names that a record has.</summary>
    public void Observe(T record) => Add(valuesOf(record));

    /// <summary>Takes names that there are, whether a record has them or not.</summary>
    public void Add(IEnumerable<string> known)
    {
        foreach (string name in known)
        {
            if (name.Length > 0)
                _known.Add(name);
        }
    }

    /// <summary>The literal names that nothing has.</summary>
    public IEnumerable<string> Missing()
    {
        foreach (string literal in Literals)
        {
            var pattern = new Wildcard(toPattern(literal));
            if (!_known.Any(name => pattern.Matches(name)))
                yield return literal;
        }
    }
}
