using FsCheck;
using FsCheck.Fluent;

namespace QuantumNet.Core.Tests.Reports;

/// <summary>Results of any shape, texts included.</summary>
internal static class RandomResults
{
    private static readonly Gen<string> s_text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements("", "n1", "QN4001", "QN5006", "\u202e]]>", "<b a='\"", "&amp;", "\ud83d\ude00", "\udc00",
            "not reached", new string('m', 300)));

    private static readonly Gen<DhcpDirection?> s_lost = Gen.Elements<DhcpDirection?>(null,
        DhcpDirection.Request, DhcpDirection.Reply);

    public static Gen<DhcpPathResult[]> Generator() => Result().ArrayOf().Resize(6);

    private static Gen<DhcpPathResult> Result() =>
        from status in Gen.Elements(Enum.GetValues<DhcpPathStatus>())
        from texts in s_text.ArrayOf(8)
        from nodes in s_text.ArrayOf()
        from hops in Hops().ArrayOf()
        from findings in Findings().ArrayOf()
        from lost in s_lost
        select new DhcpPathResult
        {
            Status = status, PortId = texts[0], InstanceName = texts[1], Summary = texts[2],
            ComputeNode = texts[3], Cause = texts[4],
            ComputerName = texts[5], Object = texts[6], Remedy = texts[7], DhcpNodes = nodes, Hops = hops,
            Findings = findings, Direction = lost,
        };

    private static Gen<Hop> Hops() =>
        from direction in Gen.Elements(Enum.GetValues<DhcpDirection>())
        from component in Gen.Elements(Enum.GetValues<HopComponent>())
        from action in Gen.Elements(Enum.GetValues<HopAction>())
        from texts in s_text.ArrayOf(4)
        select new Hop { Direction = direction, Component = component, Action = action, ComputerName = texts[0],
            Object = texts[1], Rule = texts[2], Reason = texts[3] };

    private static Gen<Finding> Findings() =>
        from status in Gen.Elements(Enum.GetValues<FindingStatus>())
        from severity in Gen.Elements(Enum.GetValues<CheckSeverity>())
        from texts in s_text.ArrayOf(8)
        select new Finding
        {
            Status = status, Severity = severity, Code = texts[0], Title = texts[1], Message = texts[2],
            ComputerName = texts[3], Object = texts[4],
            CausedBy = texts[5].Length == 0 ? null : texts[5], Remedy = texts[6],
            Evidence = [new Evidence { Command = texts[7], Text = texts[2], LineNumber = texts[0].Length }],
        };
}
