using System.Net.Sockets;
using QuantumNet.Access.Ssh;
using Renci.SshNet.Common;

namespace QuantumNet.SshNet;

/// <summary>Makes an error of what SSH.NET throws when it cannot connect:
/// the same as ssh's for the same reason.</summary>
internal static class SshNetFailure
{
    /// <summary>The error.</summary>
    /// <param name="target">Where it was connecting to.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="remarks">What is to be said of the login.</param>
    public static QuantumError Explain(SshNetTarget target, Exception cause, IReadOnlyList<string> remarks)
    {
        string node = target.Subject.Node;
        string place = target.Subject.IsJumpHost ? $"jump host {target.Host}: " : "";
        return cause switch
        {
            SshException when IsAboutLogin(cause) => SshNetErrors.LoginRefused(node,
                place + string.Join("; ", remarks.Prepend(Sentence(cause)))),
            SshConnectionException { Message: "Host key could not be verified." } =>
                HostKeyErrors.Unproven(target.Subject),
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain
                    or SocketError.NoData } =>
                SshNetErrors.Unreachable(node, $"{place}could not resolve hostname {target.Host}"),
            SocketException => SshNetErrors.Unreachable(node,
                $"{place}connect to host {target.Host} port {target.Port}: {Sentence(cause)}"),
            SshConnectionException when target.Jump is { } jump =>
                SshNetErrors.Unreachable(node,
                    $"{place}through jump host {jump.Host} to {target.Host} port {target.Port}: {Sentence(cause)}"),
            _ => SshNetErrors.Unreachable(node, place + Sentence(cause)),
        } with { Cause = cause };
    }

    // A host that counts more attempts than it allows does not refuse the last: it ends the connection.
    private static bool IsAboutLogin(Exception cause) =>
        cause is SshAuthenticationException
        || cause.Message.Contains("Too many authentication failures", StringComparison.Ordinal);

    /// <summary>The first line of a message, without its full stop.</summary>
    public static string Sentence(Exception cause) => cause.Message.Split('\n')[0].Trim().TrimEnd('.');
}
