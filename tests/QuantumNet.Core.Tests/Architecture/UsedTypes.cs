using System.Reflection;
using System.Reflection.Emit;

namespace QuantumNet.Core.Tests.Architecture;

/// <summary>Which types a type uses: in its members' signatures and in what its code
/// calls, makes, reads and casts to (ECMA-335, III: the tokens of instructions).</summary>
internal static class UsedTypes
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The types that a type uses, each once, without type arguments' wrappers.</summary>
    public static IEnumerable<Type> Of(Type type) =>
        Named(type).SelectMany(Bare).Where(used => used != type).Distinct();

    private static IEnumerable<Type?> Named(Type type)
    {
        yield return type.BaseType;
        foreach (Type one in type.GetInterfaces())
            yield return one;
        foreach (FieldInfo field in type.GetFields(Own))
            yield return field.FieldType;
        foreach (MethodBase method in type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)))
        {
            yield return (method as MethodInfo)?.ReturnType;
            foreach (ParameterInfo parameter in method.GetParameters())
                yield return parameter.ParameterType;
            foreach (Type? used in InCode(method))
                yield return used;
        }
    }

    private static IEnumerable<Type?> InCode(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (LocalVariableInfo local in body.LocalVariables)
            yield return local.LocalType;
        byte[] code = body.GetILAsByteArray()!;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at] == 0xfe ? unchecked((short)(0xfe00 | code[at + 1])) : code[at];
            at += value is < 0 or > 0xff ? 2 : 1;
            OpCode operation = s_opCodes[value];
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
            {
                foreach (Type? used in Named(method, BitConverter.ToInt32(code, at)))
                    yield return used;
            }
            at += Size(operation, code, at);
        }
    }

    private static IEnumerable<Type?> Named(MethodBase method, int token)
    {
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        MemberInfo? member = method.Module.ResolveMember(token, ofType, ofMethod);
        yield return member as Type ?? member?.DeclaringType;
        if (member is MethodInfo { IsGenericMethod: true } generic)
        {
            foreach (Type argument in generic.GetGenericArguments())
                yield return argument;
        }
    }

    private static int Size(OpCode operation, byte[] code, int at) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    // List<OvsFlow[]> uses OvsFlow; a nested type is its outermost type's.
    private static IEnumerable<Type> Bare(Type? type)
    {
        if (type is null || type.IsGenericParameter)
            return [];
        if (type.HasElementType)
            return Bare(type.GetElementType());
        IEnumerable<Type> arguments = type.IsGenericType ? type.GetGenericArguments().SelectMany(Bare) : [];
        return arguments.Append(Outermost(type));
    }

    /// <summary>The type that a nested one stands in.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
