using System.Reflection;
using System.Reflection.Emit;
using SessionStateCmdletEntry = System.Management.Automation.Runspaces.SessionStateCmdletEntry;
using QuantumNet.Cli.Binding;

namespace QuantumNet.Engine.Tests;

/// <summary>A cmdlet that has another's parameters and attributes, and does nothing but say what PowerShell
/// bound to them.</summary>
internal static class BindingTwin
{
    private static readonly ModuleBuilder s_module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("QuantumNet.Engine.Tests.Twins"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("Twins");

    /// <summary>The twin, under the same name and without a module.</summary>
    public static SessionStateCmdletEntry Of(CommandEntry command)
    {
        TypeBuilder twin = s_module.DefineType($"{command.Type.Name}Twin{Guid.NewGuid():N}",
            TypeAttributes.Public | TypeAttributes.Class, typeof(RecordingCmdlet));
        twin.SetCustomAttribute(
            Copy(command.Type.CustomAttributes.First(one => one.AttributeType == typeof(CmdletAttribute))));
        foreach (CommandParameter parameter in CommandParameter.Of(command.Type))
            AddProperty(twin, parameter.Property!);
        return new SessionStateCmdletEntry($"Bind-{command.Name.Replace("-", "")}", twin.CreateType(), null);
    }

    private static void AddProperty(TypeBuilder twin, PropertyInfo original)
    {
        FieldBuilder field = twin.DefineField($"_{original.Name}", original.PropertyType, FieldAttributes.Private);
        PropertyBuilder property = twin.DefineProperty(original.Name, PropertyAttributes.None,
            original.PropertyType, null);
        const MethodAttributes Accessor = MethodAttributes.Public | MethodAttributes.SpecialName
            | MethodAttributes.HideBySig;
        MethodBuilder get = twin.DefineMethod($"get_{original.Name}", Accessor, original.PropertyType, []);
        ILGenerator body = get.GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldfld, field);
        body.Emit(OpCodes.Ret);
        MethodBuilder set = twin.DefineMethod($"set_{original.Name}", Accessor, null, [original.PropertyType]);
        body = set.GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Stfld, field);
        body.Emit(OpCodes.Ret);
        property.SetGetMethod(get);
        property.SetSetMethod(set);
        foreach (CustomAttributeData attribute in original.CustomAttributes.Where(IsOfPowerShell))
            property.SetCustomAttribute(Copy(attribute));
    }

    /// <summary>PowerShell's attributes and the module's own, not the compiler's.</summary>
    private static bool IsOfPowerShell(CustomAttributeData attribute) =>
        !attribute.AttributeType.Namespace!.StartsWith("System.Runtime", StringComparison.Ordinal)
        && attribute.AttributeType != typeof(ArgumentCompleterAttribute);

    private static CustomAttributeBuilder Copy(CustomAttributeData attribute) => new(
        attribute.Constructor,
        [.. attribute.ConstructorArguments.Select(Value)],
        [.. attribute.NamedArguments.Select(argument => (PropertyInfo)argument.MemberInfo)],
        [.. attribute.NamedArguments.Select(argument => Value(argument.TypedValue))]);

    private static object? Value(CustomAttributeTypedArgument argument)
    {
        if (argument.Value is not IReadOnlyCollection<CustomAttributeTypedArgument> many)
            return argument.Value;
        var values = Array.CreateInstance(argument.ArgumentType.GetElementType()!, many.Count);
        int i = 0;
        foreach (CustomAttributeTypedArgument one in many)
            values.SetValue(one.Value, i++);
        return values;
    }
}

/// <summary>Base of the twins.</summary>
public abstract class RecordingCmdlet : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(new Dictionary<string, object>(MyInvocation.BoundParameters));
}
