using System.Globalization;

namespace QuantumNet.Comparison;

/// <summary>A kind of thing that two sides are compared by: which records, what makes one of this side the same as one
/// of the other, and what counts as a difference. Each kind is data in Kinds/.</summary>
internal abstract record ComparedKind
{
    /// <summary>What one of them is called: <c>flow</c>, <c>rule</c>, <c>device</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The collector whose output shows what there is, and so what there is not.</summary>
    public required string Collector { get; init; }

    /// <summary>Whether of equal ones it does not matter how many there are.</summary>
    public bool IsSet { get; init; }

    /// <summary>Whether each node has its own, by which two nodes cannot be held against each other.</summary>
    public bool IsOfTimesOnly { get; init; }

    /// <summary>Whether a node has one only for what its ports need: that another node has none says nothing.</summary>
    public bool ComesWithPorts { get; init; }

    /// <summary>Whether it always matters how many of the same there are.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Whether another kind tells what is gone and new, and this one only what of it changed.</summary>
    public bool IsView { get; init; }

    /// <summary>A node's things of this kind, each with a key of its own.</summary>
    /// <param name="node">The node.</param>
    /// <param name="details">What is asked for beyond what matters.</param>
    public abstract IEnumerable<ComparedItem> Of(ComparedNode node, IReadOnlySet<ComparisonDetail> details);
}

/// <summary>A kind of record.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed record ComparedKind<T> : ComparedKind
{
    /// <summary>Which records are of this kind.</summary>
    public required Func<ComparedNode, IEnumerable<T>> Records { get; init; }

    /// <summary>What must be asked for to be told which of them are gone and new; null where that is told anyway. What
    /// changed of one that both sides have is always told: what is learned comes and goes, and seldom moves.</summary>
    public Func<T, ComparisonDetail?> Aside { get; init; } = _ => null;

    /// <summary>The layer of one.</summary>
    public required Func<T, ComparedNode, string> Layer { get; init; }

    /// <summary>What makes it the same as one of the other side.</summary>
    public required Func<T, ComparedNode, string> Identity { get; init; }

    /// <summary>What it is called, for people.</summary>
    public required Func<T, string> Object { get; init; }

    /// <summary>What it says, for people, where it is gone or new.</summary>
    public Func<T, string> Text { get; init; } = _ => "";

    /// <summary>What it says with what makes it one of its own, for people, where it changed.</summary>
    public Func<T, ComparedNode, string>? Whole { get; init; }

    /// <summary>What makes one that is gone and one that is new likely to be one that changed: where both are the only
    /// ones of it; empty for nothing.</summary>
    public Func<T, ComparedNode, string> Likeness { get; init; } = (_, _) => "";

    /// <summary>What counts as a difference.</summary>
    public IReadOnlyList<Fact<T>> Facts { get; init; } = [];

    /// <summary>The line.</summary>
    public required Func<T, ComparedNode, Evidence?> Line { get; init; }

    /// <summary>What the collector asked about to see it: a bridge, a namespace, a network; empty for the node.
    /// </summary>
    public Func<T, string> Subject { get; init; } = _ => "";

    /// <summary>What it is in, as that one's kind and key say: of what is gone as a whole its parts are not told one
    /// by one. Empty for nothing.</summary>
    public Func<T, ComparedNode, string> Within { get; init; } = (_, _) => "";

    /// <summary>What it belongs to.</summary>
    public Func<T, ComparedNode, Belonging> BelongsTo { get; init; } = (_, _) => new();

    /// <summary>How suspicious it is that it is gone; null where that says nothing by itself.</summary>
    public required Func<T, Suspicion?> WhenGone { get; init; }

    /// <summary>How suspicious it is that it is new; null where that says nothing by itself.</summary>
    public Func<T, Suspicion?> WhenNew { get; init; } = _ => Suspicion.Addition;

    /// <inheritdoc/>
    public override IEnumerable<ComparedItem> Of(ComparedNode node, IReadOnlySet<ComparisonDetail> details)
    {
        Fact<T>[] facts = [.. Facts.Where(fact => fact.Aside is not { } aside || details.Contains(aside))];
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (T record in Records(node).Where(one => node.IsWanted(BelongsTo(one, node))))
        {
            string identity = Identity(record, node), key = identity;
            for (int copy = 2; !keys.Add(key) && (IsCounted || !(IsSet || node.Names.IsByRole)); copy++)
                key = string.Create(CultureInfo.InvariantCulture, $"{identity} #{copy}");
            ComparedItem item = Item(record, node, key, facts);
            yield return Aside(record) is { } aside && !details.Contains(aside)
                ? item with { WhenGone = null, WhenNew = null } : item;
        }
    }

    private ComparedItem Item(T record, ComparedNode node, string key, Fact<T>[] facts) => new()
    {
        Kind = this,
        Node = node,
        Key = key,
        Layer = Layer(record, node),
        Object = Object(record),
        Text = Text(record),
        Whole = Whole?.Invoke(record, node) ?? Text(record),
        Likeness = Likeness(record, node),
        Facts = Array.ConvertAll(facts, fact => fact.Of(record, node)),
        Line = Line(record, node),
        Subject = Subject(record),
        Within = Within(record, node),
        BelongsTo = BelongsTo(record, node),
        WhenGone = WhenGone(record),
        WhenNew = WhenNew(record),
    };
}

/// <summary>Something about a record that counts as a difference where it is not the same.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed record Fact<T>
{
    /// <param name="name">What it is called: <c>tag</c>, <c>MTU</c>.</param>
    /// <param name="suspicion">How suspicious it is that it differs.</param>
    /// <param name="value">Its value; empty for none, null where it is not told.</param>
    public Fact(string name, Suspicion suspicion, Func<T, ComparedNode, string?> value) =>
        (Name, Suspicion, Value) = (name, suspicion, value);

    /// <inheritdoc cref="Fact{T}(string, Suspicion, Func{T, ComparedNode, string?})"/>
    public Fact(string name, Suspicion suspicion, Func<T, string?> value)
        : this(name, suspicion, (record, _) => value(record))
    {
    }

    /// <summary>One that is compared only when it is asked for.</summary>
    public Fact(string name, ComparisonDetail aside, Func<T, string?> value)
        : this(name, Suspicion.Trivial, value) => Aside = aside;

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>How suspicious it is that it differs.</summary>
    public Suspicion Suspicion { get; }

    /// <summary>Its value.</summary>
    public Func<T, ComparedNode, string?> Value { get; }

    /// <summary>What it is shown as, where that is not the value: by what a name stands for values are compared, by
    /// the name people know them.</summary>
    public Func<T, string>? Shown { get; init; }

    /// <summary>What must be asked for; null where it is always compared.</summary>
    public ComparisonDetail? Aside { get; }

    /// <summary>Whether it is a list without an order, a line for each.</summary>
    public bool IsList { get; init; }

    /// <summary>What makes two values the same, and how they differ, where that is more than their texts.</summary>
    public Func<string, string, (string Before, string After)?>? Compare { get; init; }

    /// <summary>The value that is as it should be, whatever was before: getting well is not what broke.</summary>
    public string? Sound { get; init; }

    /// <summary>A record's.</summary>
    public ComparedFact Of(T record, ComparedNode node)
    {
        string? value = Value(record, node);
        return new(Name, Suspicion, value, Shown?.Invoke(record) ?? value ?? "", IsList, Sound, Compare);
    }
}

/// <summary>A fact of one thing.</summary>
internal readonly record struct ComparedFact(
    string Name, Suspicion Suspicion, string? Value, string Shown, bool IsList, string? Sound,
    Func<string, string, (string Before, string After)?>? Compare);

/// <summary>What a thing belongs to, so that it can be told whether it stands on a path.</summary>
internal readonly record struct Belonging()
{
    /// <summary>A port's id, or the beginning of one; empty for none.</summary>
    public string PortId { get; init; } = "";
    /// <summary>An address of whom it is about.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>A network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>A device.</summary>
    public string Device { get; init; } = "";
    /// <summary>A network namespace.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>An Open vSwitch bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>A chain of iptables.</summary>
    public string Chain { get; init; } = "";
    /// <summary>Whether the paths of all its node's ports depend on it.</summary>
    public bool IsOfAllPorts { get; init; }
    /// <summary>A flow.</summary>
    public OvsFlow? Flow { get; init; }
    /// <summary>The MAC of whom it is about.</summary>
    public string Mac { get; init; } = "";
    /// <summary>A security group.</summary>
    public string SecurityGroupId { get; init; } = "";
    /// <summary>An instance.</summary>
    public string InstanceId { get; init; } = "";
    /// <summary>A host that a record of the control plane is about.</summary>
    public string Host { get; init; } = "";
}

/// <summary>One thing of one side.</summary>
internal sealed record ComparedItem
{
    /// <summary>What kind of thing.</summary>
    public required ComparedKind Kind { get; init; }
    /// <summary>Its node.</summary>
    public required ComparedNode Node { get; init; }
    /// <summary>What makes it the same as one of the other side.</summary>
    public required string Key { get; init; }
    /// <summary>Its layer.</summary>
    public required string Layer { get; init; }
    /// <summary>What it is called.</summary>
    public required string Object { get; init; }
    /// <summary>What it says.</summary>
    public required string Text { get; init; }
    /// <summary>What it says with what makes it one of its own.</summary>
    public required string Whole { get; init; }
    /// <summary>What makes it like another with another key.</summary>
    public required string Likeness { get; init; }
    /// <summary>What counts as a difference.</summary>
    public required ComparedFact[] Facts { get; init; }
    /// <summary>Its line.</summary>
    public required Evidence? Line { get; init; }
    /// <summary>What the collector asked about to see it.</summary>
    public required string Subject { get; init; }
    /// <summary>The kind and key of what it is in; empty for nothing.</summary>
    public required string Within { get; init; }
    /// <summary>What it belongs to.</summary>
    public required Belonging BelongsTo { get; init; }
    /// <summary>How suspicious it is that it is gone; null where that says nothing by itself.</summary>
    public required Suspicion? WhenGone { get; init; }
    /// <summary>How suspicious it is that it is new; null where that says nothing by itself.</summary>
    public required Suspicion? WhenNew { get; init; }
}
