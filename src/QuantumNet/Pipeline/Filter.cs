using System.Globalization;
using System.Text;
using QuantumNet.Binding;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The conditions of one call, or of one piped object: a record must meet them all.</summary>
internal sealed class Filter<T>
{
    private readonly List<Func<T, bool>> _conditions = [];
    private readonly StringBuilder _key = new();
    private readonly List<NamedCondition<T>> _named = [];
    private NamedPorts? _ports;
    private NamedCondition<T>? _namedPorts;
    private bool _isPortKnown;

    /// <summary>What it asks for, as text: equal filters need only one.</summary>
    public string Key => _key.ToString();

    /// <summary>The conditions that name things, without those that hold wildcards only.</summary>
    public IReadOnlyList<NamedCondition<T>> NamedConditions => _named;

    public bool Matches(T record)
    {
        foreach (Func<T, bool> condition in _conditions)
        {
            if (!condition(record))
                return false;
        }
        return true;
    }

    /// <summary>The value fits one of the patterns (<c>*</c>, <c>?</c>, any case); no pattern, no condition.</summary>
    public Filter<T> Name(string[]? patterns, Func<T, string> value)
    {
        Wildcard[] wildcards = Add(patterns);
        return wildcards.Length == 0 ? this : Where(record => Wildcard.AnyMatches(wildcards, value(record)));
    }

    /// <summary>As <see cref="Name"/>, where a name without wildcards is one that something must have.</summary>
    /// <param name="kind">What is named.</param>
    /// <param name="names">What the parameter holds.</param>
    /// <param name="value">A record's name.</param>
    /// <param name="toPattern">How a name is looked for; as it stands when left out.</param>
    public Filter<T> Named(
        NameKind kind, string[]? names, Func<T, string> value, Func<string, string>? toPattern = null) =>
            Named(kind, names, record => [value(record)], toPattern);

    /// <inheritdoc cref="Named(NameKind, string[], Func{T, string}, Func{string, string})"/>
    public Filter<T> Named(
        NameKind kind, string[]? names, Func<T, IEnumerable<string>> values, Func<string, string>? toPattern = null)
    {
        var named = new NamedCondition<T>(kind, names ?? [], values, toPattern ?? (name => name));
        if (named.Literals.Length > 0)
            _named.Add(named);
        return AnyName(toPattern is null ? names : Array.ConvertAll(names ?? [], name => toPattern(name)), values);
    }

    /// <summary>The record is one of those that texts name by id, a prefix of it, name or wildcard
    /// (<see cref="IdOrName"/>).</summary>
    /// <param name="kind">What is named.</param>
    /// <param name="texts">What the parameter holds.</param>
    /// <param name="id">A record's id.</param>
    /// <param name="name">Its name; left out where records have none.</param>
    public Filter<T> Id(NameKind kind, string[]? texts, Func<T, string> id, Func<T, string>? name = null)
    {
        name ??= _ => "";
        string[] wanted = texts ?? [];
        AddKey(wanted);
        if (wanted.Length == 0)
            return this;
        var named = new NamedCondition<T>(kind, wanted, record => [id(record), name(record)], text => text + "*");
        if (named.Literals.Length > 0)
            _named.Add(named);
        return Where(record => Array.Exists(wanted, text => IdOrName.Fits(text, id(record), name(record))));
    }

    /// <summary>The value fits one of the MAC addresses, whatever their spelling;
    /// one without wildcards must be there.</summary>
    public Filter<T> Mac(string[]? macs, Func<T, string> value) => Named(NameKind.MacAddress, macs, value,
        mac => Wildcard.IsPattern(mac) ? mac : PortSelector.Classify(mac).Text);

    /// <summary>The record is of one of the ports that texts name, whatever names a port for Test-DhcpPath.</summary>
    /// <param name="texts">What the parameter holds.</param>
    /// <param name="isOf">Whether a record is of the port with that id, or prefix of an id.</param>
    /// <param name="ids">The ids that a record tells; none where it holds only what is cut from one.</param>
    public Filter<T> OfPort(string[]? texts, Func<T, string, bool> isOf, Func<T, string>? ids = null)
    {
        string[] wanted = texts ?? [];
        AddKey(wanted);
        if (wanted.Length == 0)
            return this;
        _ports = new NamedPorts(wanted);
        _isPortKnown = ids is null;
        _namedPorts = new NamedCondition<T>(NameKind.Port, wanted, record => ids is null ? [] : [ids(record)],
            text => PortSelector.Classify(text).Text + "*");
        if (_namedPorts.Literals.Length > 0)
            _named.Add(_namedPorts);
        return Where(record => _ports.Fit(id => isOf(record, id)));
    }

    /// <summary>Whether only the records of ports and instances tell which ports are meant.</summary>
    public bool NeedsPortRecords => _ports?.NeedsRecords == true;

    /// <summary>Looks up what the cloud's records tell of the ports that are named. Where there are none,
    /// nobody can say that there is no such port.</summary>
    public void Read(CloudRecords records)
    {
        if (_ports is null)
            return;
        _namedPorts!.Add(_ports.Read(records));
        if (_isPortKnown && records.Ports.Count == 0)
            _namedPorts.Add(_namedPorts.Literals.Select(text => PortSelector.Classify(text).Text));
    }

    /// <summary>One of the values fits one of the patterns.</summary>
    public Filter<T> AnyName(string[]? patterns, Func<T, IEnumerable<string>> values)
    {
        Wildcard[] wildcards = Add(patterns);
        return wildcards.Length == 0 ? this
            : Where(record => values(record).Any(value => Wildcard.AnyMatches(wildcards, value)));
    }

    /// <summary>The value is one of the numbers; no number, no condition.</summary>
    public Filter<T> Number(int[]? numbers, Func<T, int?> value)
    {
        int[] wanted = numbers ?? [];
        AddKey(wanted.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return wanted.Length == 0 ? this
            : Where(record => value(record) is int number && Array.IndexOf(wanted, number) >= 0);
    }

    /// <summary>The time lies in the window; a record without a time is outside of any.</summary>
    public Filter<T> Time(DateTime? after, DateTime? before, Func<T, DateTime?> value)
    {
        DateTime? from = after?.ToUniversalTime(), to = before?.ToUniversalTime();
        AddKey([$"{from:O}", $"{to:O}"]);
        if (from is not null)
            Where(record => value(record) >= from);
        return to is null ? this : Where(record => value(record) <= to);
    }

    /// <summary>A condition of its own, told apart by its key.</summary>
    public Filter<T> Where(string key, Func<T, bool> condition)
    {
        AddKey([key]);
        return Where(condition);
    }

    private Filter<T> Where(Func<T, bool> condition)
    {
        _conditions.Add(condition);
        return this;
    }

    private Wildcard[] Add(string[]? patterns)
    {
        AddKey(patterns ?? []);
        return Array.ConvertAll(patterns ?? [], pattern => new Wildcard(pattern));
    }

    private void AddKey(IEnumerable<string> parts) => _key.AppendJoin('\u001f', parts).Append('\u001e');
}
