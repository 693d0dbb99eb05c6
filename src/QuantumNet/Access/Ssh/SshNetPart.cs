using System.Net;
using System.Reflection;
using System.Runtime.Loader;

namespace QuantumNet.Access.Ssh;

/// <summary>The optional transport of SSH.NET: <c>QuantumNet.SshNet.dll</c> and what it needs, in <c>lib/SshNet</c> beside this assembly.
/// It is loaded when it is first used, in a context of its own: another SSH.NET in this process is neither used nor disturbed.</summary>
internal static class SshNetPart
{
    private const string Bridge = "QuantumNet.SshNet";
    private const string TransportType = "QuantumNet.SshNet.SshNetTransport";

    private static readonly object s_loading = new();
    private static Type? s_transport;

    /// <summary>Looks whether it is there; loads nothing.</summary>
    /// <exception cref="QuantumException">It is not.</exception>
    public static void Demand() => FolderOf(OwnFolder);

    /// <summary>The folder of this assembly.</summary>
    public static string OwnFolder => Path.GetDirectoryName(typeof(SshNetPart).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;

    /// <summary>Makes the transport.</summary>
    /// <exception cref="QuantumException">It is not there, or cannot be loaded.</exception>
    public static INodeTransport Create(InventorySsh settings, NetworkCredential? credential)
    {
        lock (s_loading)
            s_transport ??= Load(OwnFolder);
        return (INodeTransport)Activator.CreateInstance(s_transport, settings, credential)!;
    }

    /// <summary>Where the part lies: in lib/SshNet, or beside this assembly in a program that was built with it.</summary>
    private static string FolderOf(string own) =>
        Array.Find([Path.Join(own, "lib", "SshNet"), own], folder => File.Exists(Path.Join(folder, Bridge + ".dll")))
        ?? throw SshNetErrors.NotInstalled(Path.Join(own, "lib", "SshNet")).ToException();

    /// <summary>Loads the part from below that folder.</summary>
    /// <exception cref="QuantumException">It is not there, or cannot be loaded.</exception>
    internal static Type Load(string own)
    {
        string folder = FolderOf(own);
        try
        {
            PartContext context = new(folder);
            context.LoadFromAssemblyName(new("Renci.SshNet"));
            Assembly bridge = context.LoadFromAssemblyName(new(Bridge));
            DemandSameVersion(bridge.GetName().Version, typeof(SshNetPart).Assembly.GetName().Version);
            return bridge.GetType(TransportType, throwOnError: true)!;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException)
        {
            throw SshNetErrors.NotLoaded(folder, e).ToException();
        }
    }

    // What lies between the two is nobody else's business, and changes with the version.
    private static void DemandSameVersion(Version? part, Version? module)
    {
        if (part != module)
            throw new FileLoadException($"version {part} does not belong to version {module} of the module");
    }

    /// <summary>What the part shares with this assembly is this assembly's; the rest is the part's own.</summary>
    private sealed class PartContext(string folder) : AssemblyLoadContext(Bridge)
    {
        private static readonly Assembly[] s_shared = [typeof(SshNetPart).Assembly, typeof(QuantumError).Assembly];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (Array.Find(s_shared, shared => shared.GetName().Name == assemblyName.Name) is { } found)
                return found;
            string path = Path.Join(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
