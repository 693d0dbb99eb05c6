using System.Management.Automation;
using System.Reflection;
using QuantumNet.Pipeline;

namespace QuantumNet.Tests.Pipeline;

public sealed class ErrorsTests
{
    [Fact]
    public void Every_error_has_an_id_of_its_own_a_sentence_and_advice()
    {
        QuantumError[] errors = [.. Factories().Select(Make)];
        Assert.NotEmpty(errors);
        Assert.Equal(errors.Length, errors.Select(error => error.Id).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.Matches("^[A-Z][A-Za-z]+$", error.Id);
            Assert.False(string.IsNullOrWhiteSpace(error.Advice), error.Id);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Advice, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_category_is_one_of_PowerShells() =>
        Assert.All(Enum.GetNames<QuantumErrorCategory>(),
            name => Assert.True(Enum.TryParse<ErrorCategory>(name, out _), name));

    private static IEnumerable<MethodInfo> Factories() =>
        typeof(Errors).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Where(method => method.ReturnType == typeof(QuantumError));

    private static QuantumError Make(MethodInfo factory) =>
        (QuantumError)factory.Invoke(null, [.. factory.GetParameters().Select(Argument)])!;

    private static object Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "x.",
        var type when type.IsAssignableFrom(typeof(string[])) => new[] { "x" },
        var type when type == typeof(DateTime) => DateTime.UnixEpoch,
        var type when type == typeof(DhcpPathResult) => new DhcpPathResult { Summary = "Not enough is known." },
        var type when type == typeof(DhcpServerResult) => new DhcpServerResult { Summary = "Not enough is known." },
        var type when type == typeof(OvsMeshResult) => new OvsMeshResult { Summary = "Not enough is known." },
        var type when type == typeof(QuantumConnectionResult) =>
            new QuantumConnectionResult { Summary = "Not enough is known." },
        var type when type == typeof(InstanceReachabilityResult) =>
            new InstanceReachabilityResult { Summary = "Not enough is known." },
        var type => Activator.CreateInstance(type)!,
    };
}
