namespace QuantumNet.Simulation.Reach;

/// <summary>What the rules of a port's security groups allow in, as the control plane knows them (Neutron's API,
/// security-group-rules).</summary>
internal static class SecurityGroups
{
    /// <summary>The rule that allows a packet to a port in.</summary>
    /// <param name="records">The records.</param>
    /// <param name="port">The port.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="source">The address that it comes from, which is in no group.</param>
    /// <param name="isKnown">Whether the rules are known: null means only then that none allows it.</param>
    public static QuantumSecurityGroupRule? Allowing(
        CloudRecords records, QuantumPort port, ReachPacket packet, string source, out bool isKnown)
    {
        isKnown = records.CollectedKinds.Contains("security-group-rule") && port.Source != RecordSource.Inferred;
        return records.SecurityGroupRules.FirstOrDefault(rule =>
            port.SecurityGroupIds.Contains(rule.SecurityGroupId) && Allows(rule, packet, source));
    }

    private static bool Allows(QuantumSecurityGroupRule rule, ReachPacket packet, string source) =>
        rule is { Direction: "ingress", EtherType: not "IPv6", RemoteGroupId: "" }
        && IsOf(rule, packet) && IsFrom(rule.RemoteIpPrefix, source);

    private static bool IsOf(QuantumSecurityGroupRule rule, ReachPacket packet) =>
        rule.Protocol.ToUpperInvariant() switch
        {
            "" or "ANY" or "0" => true,
            "TCP" or "6" => packet.Kind == ReachabilityKind.Tcp
                && (rule.PortRangeMin ?? 0) <= packet.TcpPort && packet.TcpPort <= (rule.PortRangeMax ?? int.MaxValue),
            "ICMP" or "1" => packet.Kind == ReachabilityKind.Ping,
            _ => false,
        };

    private static bool IsFrom(string prefix, string source) => prefix.Length == 0
        || (HostAddress.TryParseBlock(prefix, out HostAddress block, out int length)
            && HostAddress.Parse(source) is { } address && address.IsIn(block, block.Mask(length)));
}
