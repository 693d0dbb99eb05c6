using System.Net.Sockets;
using QuantumNet.Access.Ssh;
using Renci.SshNet.Common;

namespace QuantumNet.SshNet;

/// <summary>Makes an error of what SSH.NET throws when it cannot connect: the same as ssh's for the same reason.</summary>
internal static class SshNetFailure
{
    /// <summary>The error.</summary>
    /// <param name="target">Where it was connecting to.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="remarks">What is to be said of the login.</param>
    public static QuantumError Explain(SshNetTarget target, Exception cause, IReadOnlyList<string> remarks) => cause switch
    {
        SshException when IsAboutLogin(cause) => SshNetErrors.LoginRefused(target.Node, string.Join("; ", remarks.Prepend(Sentence(cause)))),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            SshNetErrors.Unreachable(target.Node, $"could not resolve hostname {target.Host}"),
        SocketException => SshNetErrors.Unreachable(target.Node, $"connect to host {target.Host} port {target.Port}: {Sentence(cause)}"),
        _ => SshNetErrors.Unreachable(target.Node, Sentence(cause)),
    } with { Cause = cause };

    // A node that counts more attempts than it allows does not refuse the last: it ends the connection.
    private static bool IsAboutLogin(Exception cause) =>
        cause is SshAuthenticationException || cause.Message.Contains("Too many authentication failures", StringComparison.Ordinal);

    /// <summary>The first line of a message, without its full stop.</summary>
    public static string Sentence(Exception cause) => cause.Message.Split('\n')[0].Trim().TrimEnd('.');
}
