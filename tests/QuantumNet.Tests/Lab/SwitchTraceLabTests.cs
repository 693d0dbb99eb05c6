using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Trace-OvsFlow -Live in a real cloud: the switches' own traces of the request agree with what was gathered,
/// flow by flow; more kinds of cloud with QUANTUMNET_LONG=1.</summary>
public sealed class SwitchTraceLabTests(ITestOutputHelper log)
{
    [SkippableTheory]
    [InlineData("neutron", "vxlan", "hybrid")]
    public void Switches_agree_with_the_trace_of_what_was_gathered(string flavour, string network, string plug)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new(flavour, network, plug, 1));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        OvsTraceStep[] tables = [.. Trace(lab).Where(step => step.Kind == "table")];
        Assert.True(tables.Select(step => step.ComputerName).Distinct().Count() > 1);
        Assert.All(tables, step => Assert.True(step.IsConfirmed, step.Line));
    }

    [SkippableTheory]
    [InlineData("grizzly", "gre", "hybrid")]
    [InlineData("grizzly", "vlan", "hybrid")]
    [InlineData("neutron", "vlan", "direct")]
    [InlineData("neutron", "flat", "hybrid")]
    [InlineData("neutron", "gre", "hybrid")]
    public void So_they_do_in_every_kind_of_cloud(string flavour, string network, string plug)
    {
        Skip.If(!Settings.IsLong, "more clouds are traced with QUANTUMNET_LONG=1");
        Switches_agree_with_the_trace_of_what_was_gathered(flavour, network, plug);
    }

    private IEnumerable<OvsTraceStep> Trace(LabCloud lab)
    {
        TraceOvsFlowCommand cmdlet = new() { Inventory = lab.InventoryWith("client"), PortId = [lab.Victim.PortId] };
        cmdlet.SetSwitch("Discover", true);
        cmdlet.SetSwitch("Live", true);
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Empty(host.Errors);
        foreach (OvsTraceStep step in host.Objects.Cast<OvsTraceStep>())
        {
            log.WriteLine($"{step.ComputerName} {step.Line}");
            yield return step;
        }
    }
}
