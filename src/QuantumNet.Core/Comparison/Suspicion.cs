namespace QuantumNet.Comparison;

/// <summary>How likely a difference is to be what broke something, other things being equal: what switches a path off
/// comes before what is missing on it, that before what is set otherwise, that before what follows from others,
/// and that before what has come in addition.</summary>
internal enum Suspicion
{
    /// <summary>A version, a description.</summary>
    Trivial,
    /// <summary>Something is there besides: seldom what broke.</summary>
    Addition,
    /// <summary>What shows that something else is wrong: a status, a carrier, an error.</summary>
    Symptom,
    /// <summary>Something is set otherwise.</summary>
    Setting,
    /// <summary>A flow, a rule or a line of a file that packets met is another, or there is one that drops.</summary>
    Decision,
    /// <summary>A flow, a rule or a line of a file that packets met is gone.</summary>
    Loss,
    /// <summary>A device, a port, an address, the way that two are joined.</summary>
    Wiring,
    /// <summary>Who does the work is gone: a server, an agent, a switch.</summary>
    Service,
    /// <summary>Somebody switched it off, or asked for something else.</summary>
    Order,
}
