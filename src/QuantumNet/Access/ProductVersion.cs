using System.Reflection;

namespace QuantumNet.Access;

/// <summary>The version of QuantumNet, as its packages, snapshots, scripts and programs name it.</summary>
internal static class ProductVersion
{
    /// <summary>Such as <c>0.1.0</c>, without the commit that a build adds.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
