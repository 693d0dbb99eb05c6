using System.Globalization;

namespace QuantumNet.Comparison;

/// <summary>What the names of one side stand for, in words that both sides share. As they are, unless somebody knows
/// better: the same node keeps its names from one time to another.</summary>
internal class Naming
{
    /// <summary>A local VLAN.</summary>
    public virtual string Vlan(int vlan) => vlan.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether names stand for roles, so that several things may be the same.</summary>
    public virtual bool IsByRole => false;

    /// <summary>A zone of connection tracking, which each node deals out by itself.</summary>
    public virtual string Zone(string zone) => zone;

    /// <summary>A conjunction of flows, which an agent numbers as they come.</summary>
    public virtual string Conjunction(string id) => id;

    /// <summary>A device.</summary>
    public virtual string Device(string device) => device;

    /// <summary>Any other word: an address, a MAC, a path, an id.</summary>
    public virtual string Word(string word) => word;
}
