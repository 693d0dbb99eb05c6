namespace QuantumNet;

/// <summary>A place that packets pass: one part of one node.</summary>
/// <param name="ComputerName">The node.</param>
/// <param name="Component">What kind of part.</param>
/// <param name="Name">Its name: device, bridge, chain, tunnel port, process.</param>
/// <param name="Namespace">The network namespace it lives in; empty for the node's own.</param>
internal readonly record struct Place(string ComputerName, HopComponent Component, string Name, string Namespace = "");
