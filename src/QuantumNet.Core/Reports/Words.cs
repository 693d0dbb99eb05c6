namespace QuantumNet.Reports;

/// <summary>Names of kinds and states as people say them.</summary>
internal static class Words
{
    /// <summary>A kind of hop.</summary>
    public static string Of(HopComponent component) => component switch
    {
        HopComponent.Tap => "Tap of the instance",
        HopComponent.LinuxBridge => "Linux bridge",
        HopComponent.Iptables => "iptables",
        HopComponent.Veth => "veth pair",
        HopComponent.OvsBridge => "Open vSwitch bridge",
        HopComponent.Patch => "Patch port",
        HopComponent.Tunnel => "Tunnel port",
        HopComponent.Underlay => "Between the nodes",
        HopComponent.Namespace => "DHCP namespace",
        HopComponent.Dnsmasq => "DHCP server",
        _ => component.ToString(),
    };

    /// <summary>What a hop does.</summary>
    public static string Of(HopAction action) => action switch
    {
        HopAction.Forwarded => "passed on",
        HopAction.Dropped => "lost here",
        HopAction.Rewritten => "passed on with another tag or key",
        HopAction.Answered => "answered",
        _ => "not known",
    };

    /// <summary>A direction that is lost.</summary>
    public static string Of(DhcpDirection? direction) => direction switch
    {
        DhcpDirection.Request => "the request is lost",
        DhcpDirection.Reply => "the reply is lost",
        _ => "",
    };

    /// <summary>So many of something.</summary>
    public static string Count(int count, string one, string many) =>
        FormattableString.Invariant($"{count} {(count == 1 ? one : many)}");

    /// <summary>A time in UTC; empty for none.</summary>
    public static string Time(DateTime time) =>
        time == default ? ""
            : time.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + " UTC";
}
