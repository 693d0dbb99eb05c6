using System.Runtime.CompilerServices;

namespace QuantumNet.Tests.Access;

/// <summary>The shell of what the tests start.</summary>
internal static class PlainShell
{
    /// <summary>ssh runs a ProxyCommand, as each connection to a lab has one, in the user's shell on a socket,
    /// and a bash on a socket reads the user's start-up file. sh reads none.</summary>
    [ModuleInitializer]
    internal static void Choose() => Environment.SetEnvironmentVariable("SHELL", "/bin/sh");
}
