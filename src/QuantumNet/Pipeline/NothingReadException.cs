namespace QuantumNet.Pipeline;

/// <summary>Ends a cmdlet where nobody could be asked and the errors that say why are told already: one more, about
/// ports or nodes that were not found, would only mislead.</summary>
internal sealed class NothingReadException : Exception;
