using System.Globalization;

namespace QuantumNet.Observations.Counters;

/// <summary>Says in a sentence how far a port's packets got, by the counters of its path.</summary>
internal static class CounterSentence
{
    /// <summary>The sentence.</summary>
    /// <param name="path">All counters of one port's path.</param>
    public static string Of(IReadOnlyList<DhcpCounterChange> path)
    {
        CounterTestimony testimony = CounterTestimony.Read(path);
        string said = NeverAsked(testimony) ?? Lost(testimony) ?? Arrived(testimony);
        return $"Port {path[0].PortId}: {said}.";
    }

    private static string? NeverAsked(CounterTestimony testimony)
    {
        if (testimony.NeverAsked is not { } still)
            return null;
        string time = still.IntervalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return testimony.Request.IsOther ? $"the instance sent packets in {time} s, but asked for no lease"
            : $"the instance sent nothing in {time} s; {Name(still)} stood still";
    }

    private static string? Lost(CounterTestimony testimony)
    {
        if (testimony.Lost is not { FirstStill: { } still } lost)
            return null;
        string what = still.Direction == DhcpDirection.Request ? "request" : "reply";
        if (ReferenceEquals(lost.LastMoved, still))
            return $"the {what} is lost: {Name(still)} counted it and drops it";
        if (lost.LastMoved is not { } moved)
            return $"the request got through to {Name(testimony.Request.LastMoved!)}; no counter of the reply moved: "
                + $"the request was not answered, or the reply is lost before {Name(still)}";
        string doubt = testimony.IsCertain ? "" : ", unless what they counted was other traffic";
        return $"the last counter of the {what} that moved is {Name(moved)}; the first that stood still is "
            + $"{Name(still)}: the {what} is lost between them{doubt}";
    }

    private static string Arrived(CounterTestimony testimony)
    {
        if (testimony.Request.LastMoved is not { } request)
            return testimony.Request.FirstStill is { } still
                ? "no counter of the request moved: the instance sent nothing, or the request is lost before "
                    + Name(still)
                : "nothing on the path counts the request";
        string doubt = testimony.IsCertain ? "" : ", unless what they counted was other traffic";
        return testimony.Reply.LastMoved is { } reply
            ? $"the request got through to {Name(request)}, and the reply to {Name(reply)}{doubt}"
            : $"the request got through to {Name(request)}{doubt}; nothing on the path counts the reply";
    }

    private static string Name(DhcpCounterChange change) => $"{change.Object} on {change.ComputerName}";
}
