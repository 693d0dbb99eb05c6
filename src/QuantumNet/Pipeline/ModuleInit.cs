using System.Reflection;
using System.Runtime.Loader;

namespace QuantumNet.Pipeline;

/// <summary>Keeps third-party assemblies (lib/) out of PowerShell's load context.</summary>
public sealed class ModuleInit : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly PrivateContext s_context = new();

    /// <summary>Loads Core, so that its types have names at once, and answers for what lies in lib/.</summary>
    public void OnImport()
    {
        _ = typeof(OvsFlow).Assembly;
        AssemblyLoadContext.Default.Resolving += Resolve;
    }

    /// <summary>Stops answering.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) => s_context.Find(name);

    private sealed class PrivateContext() : AssemblyLoadContext("QuantumNet")
    {
        private static readonly string s_lib =
            Path.Combine(Path.GetDirectoryName(typeof(ModuleInit).Assembly.Location) ?? "", "lib");

        public Assembly? Find(AssemblyName name) => Load(name);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(s_lib, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
