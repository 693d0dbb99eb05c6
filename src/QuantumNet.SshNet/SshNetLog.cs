using Microsoft.Extensions.Logging;

namespace QuantumNet.SshNet;

/// <summary>Passes on what SSH.NET logs of a connection. Its traces show messages, among which are logins:
/// they are left out.</summary>
/// <param name="node">What the node is called.</param>
/// <param name="tell">Hears a line.</param>
internal sealed class SshNetLog(string node, Action<string> tell) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Debug and < LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            tell($"{node}: SSH.NET: {formatter(state, exception)}"
                + $"{(exception is null ? "" : $" ({SshNetFailure.Sentence(exception)})")}");
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
