namespace QuantumNet.Parsing.Links;

/// <summary>A device while its lines are being read.</summary>
internal sealed class LinkDraft
{
    public int Line { get; init; }
    public string Text { get; init; } = "";
    public int Index { get; init; }
    public string Device { get; init; } = "";
    public string Parent { get; init; } = "";
    public string[] Flags { get; init; } = [];
    public int Mtu { get; set; }
    public string OperState { get; set; } = "";
    public string Mac { get; set; } = "";
    public string Master { get; set; } = "";
    public string Kind { get; set; } = "";
    public int? AgeingTime { get; set; }
    public bool? IsLearning { get; set; }
    public int? PeerNamespaceId { get; set; }
    public string PeerNamespace { get; set; } = "";
    public List<string> Addresses { get; } = [];
    public bool HasCounters { get; set; }
    public LinkCounters Rx { get; set; }
    public LinkCounters Tx { get; set; }

    /// <summary>The device as a record.</summary>
    public NodeLink ToRecord(TextSource source) => new()
    {
        ComputerName = source.ComputerName, Command = source.Command, Namespace = source.Namespace,
        LineNumber = Line, RawText = Text,
        Index = Index, Device = Device, Parent = Parent, Flags = Flags, Mtu = Mtu, OperState = OperState, Mac = Mac,
        Master = Master, Kind = Kind, PeerNamespaceId = PeerNamespaceId, PeerNamespace = PeerNamespace,
        AgeingTime = AgeingTime, IsLearning = IsLearning,
        Addresses = [.. Addresses], HasCounters = HasCounters,
        RxPackets = Rx.Packets, RxBytes = Rx.Bytes, RxErrors = Rx.Errors, RxDropped = Rx.Dropped,
        TxPackets = Tx.Packets, TxBytes = Tx.Bytes, TxErrors = Tx.Errors, TxDropped = Tx.Dropped,
    };
}

/// <summary>Counters of one direction.</summary>
internal readonly record struct LinkCounters(long Packets, long Bytes, long Errors, long Dropped);
