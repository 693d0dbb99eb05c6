using System.Net;
using System.Reflection;
using System.Runtime.Loader;

namespace QuantumNet.Access.Ssh;

/// <summary>Loads the transport of SSH.NET: <c>QuantumNet.SshNet.dll</c> and what it needs,
/// in <c>lib/SshNet</c> beside this assembly. It is loaded when it is first used, in a context of its own:
/// another SSH.NET in this process is neither used nor disturbed.</summary>
internal static class SshNetLoader
{
    private const string Bridge = "QuantumNet.SshNet";
    private const string TransportType = "QuantumNet.SshNet.SshNetTransport";

    private static readonly object s_loading = new();
    private static Type? s_transport;

    /// <summary>Makes the transport.</summary>
    /// <exception cref="QuantumException">Its files are damaged, missing, or of another version.</exception>
    public static INodeTransport Create(InventorySsh settings, NetworkCredential? credential)
    {
        lock (s_loading)
            s_transport ??= Load(OwnFolder);
        return (INodeTransport)Activator.CreateInstance(s_transport, settings, credential)!;
    }

    private static string OwnFolder =>
        Path.GetDirectoryName(typeof(SshNetLoader).Assembly.Location) is { Length: > 0 } folder ? folder
            : AppContext.BaseDirectory;

    /// <summary>Whether this is a program of one file: what it needs is in that file.</summary>
    private static bool IsBundled => typeof(SshNetLoader).Assembly.Location.Length == 0;

    /// <summary>Where it lies: in lib/SshNet of the module, or beside this assembly in a program
    /// that refers to it.</summary>
    private static string FolderOf(string own)
    {
        string ofModule = Path.Join(own, "lib", "SshNet");
        return !Directory.Exists(ofModule) && File.Exists(Path.Join(own, Bridge + ".dll")) ? own : ofModule;
    }

    /// <summary>Loads the transport from below that folder.</summary>
    /// <exception cref="QuantumException">Its files are damaged, missing, or of another version.</exception>
    internal static Type Load(string own)
    {
        string folder = FolderOf(own);
        if (IsBundled && !File.Exists(Path.Join(folder, Bridge + ".dll")))
            return Assembly.Load(Bridge).GetType(TransportType, throwOnError: true)!;
        try
        {
            BridgeContext context = new(folder);
            // By path: what is missing here must not be found elsewhere in the process.
            context.LoadFromAssemblyPath(Path.Join(folder, "Renci.SshNet.dll"));
            Assembly bridge = context.LoadFromAssemblyPath(Path.Join(folder, Bridge + ".dll"));
            DemandSameVersion(bridge.GetName().Version, typeof(SshNetLoader).Assembly.GetName().Version);
            return bridge.GetType(TransportType, throwOnError: true)!;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException)
        {
            throw SshNetErrors.NotLoaded(folder, e).ToException();
        }
    }

    // What lies between the two is nobody else's business, and changes with the version.
    private static void DemandSameVersion(Version? bridge, Version? module)
    {
        if (bridge != module)
            throw new FileLoadException($"version {bridge} does not belong to version {module} of the module");
    }

    /// <summary>What the transport shares with this assembly is this assembly's; the rest is its own.</summary>
    private sealed class BridgeContext(string folder) : AssemblyLoadContext(Bridge)
    {
        private static readonly Assembly[] s_shared = [typeof(SshNetLoader).Assembly, typeof(QuantumError).Assembly];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (Array.Find(s_shared, shared => shared.GetName().Name == assemblyName.Name) is { } found)
                return found;
            string path = Path.Join(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
