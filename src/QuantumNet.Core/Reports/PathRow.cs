namespace QuantumNet.Reports;

/// <summary>One line of a drawn path: a hop, and what it does to each direction.</summary>
/// <param name="Request">What it does to the request; null when that is not drawn here.</param>
/// <param name="Reply">What it does to the reply; null when that is not drawn here.</param>
internal sealed record PathRow(Hop? Request, Hop? Reply)
{
    /// <summary>The hop that names it.</summary>
    public Hop Hop => Request ?? Reply!;

    /// <summary>The node whose box it stands in; empty between nodes.</summary>
    public string Node => Hop.Component == HopComponent.Underlay ? "" : Hop.ComputerName;

    /// <summary>Both directions side by side where they meet the same hops, else one after the other.</summary>
    public static List<List<PathRow>> Of(DhcpPathResult result)
    {
        Hop[] request = [.. result.Hops.Where(hop => hop.Direction == DhcpDirection.Request)];
        Hop[] reply = [.. result.Hops.Where(hop => hop.Direction == DhcpDirection.Reply).Reverse()];
        if (request.Length == reply.Length
            && request.Zip(reply).All(pair => pair.First.Component == pair.Second.Component))
            return request.Length == 0 ? []
                : [[.. request.Zip(reply).Select(pair => new PathRow(pair.First, pair.Second))]];
        List<List<PathRow>> drawings = [];
        if (request.Length > 0)
            drawings.Add([.. request.Select(hop => new PathRow(hop, null))]);
        if (reply.Length > 0)
            drawings.Add([.. reply.Select(hop => new PathRow(null, hop))]);
        return drawings;
    }

    /// <summary>Where a packet is lost or nothing is known: why, in one text per distinct reason.</summary>
    public IEnumerable<(string State, string Text)> Notes()
    {
        if (Request is { } one && Reply is { } other && one.Action == other.Action && one.Reason == other.Reason)
        {
            if (IsNoted(one))
                yield return (Signs.ClassOf(one), Say(one,
                    one.Action == HopAction.Dropped ? "Request and reply are lost here" : "Not known, both ways"));
            yield break;
        }
        if (Request is { } request && IsNoted(request))
            yield return (Signs.ClassOf(request), Say(request,
                request.Action == HopAction.Dropped ? "The request is lost here" : "Not known for the request"));
        if (Reply is { } reply && IsNoted(reply))
            yield return (Signs.ClassOf(reply),
                Say(reply, reply.Action == HopAction.Dropped ? "The reply is lost here" : "Not known for the reply"));
    }

    /// <summary>Whether a packet got as far as this hop.</summary>
    public static bool IsReached(Hop hop) => hop.Action != HopAction.Unknown;

    private const string NotReached = "not reached";

    /// <summary>Whether something is to be said of a hop: a packet is lost here, or evidence is missing.</summary>
    public static bool IsNoted(Hop hop) =>
        hop.Action == HopAction.Dropped || (hop.Action == HopAction.Unknown && hop.Reason != NotReached);

    /// <summary>The sign of what a hop does.</summary>
    public static string ShapeOf(Hop hop) => hop.Action switch
    {
        HopAction.Forwarded => "ok",
        HopAction.Rewritten => "rewritten",
        HopAction.Answered => "answered",
        HopAction.Dropped => "bad",
        _ => IsNoted(hop) ? "unknown" : "unreached",
    };

    private static string Say(Hop hop, string what) => hop.Reason.Length > 0 ? $"{what}: {hop.Reason}" : what + ".";
}
