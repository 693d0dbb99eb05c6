using QuantumNet.Simulation.Bridge;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Follows one packet through the bridges of a node as Open vSwitch translates it
/// (ofproto/ofproto-dpif-xlate.c): what each action does, in which table which flow decides,
/// where the packet leaves.</summary>
internal sealed partial class Translation
{
    // MAX_RESUBMITS and MAX_DEPTH of Open vSwitch.
    private const int MaximumResubmits = 4096;
    private const int MaximumDepth = 64;

    // Datapaths give up sooner or later than this (MAX_RECIRC_DEPTH of dpif-netdev is 8, the kernel's module keeps
    // 10 actions for later); beyond it nothing is certain.
    private const int MaximumRecirculations = 8;
    private const int MaximumForks = 256;

    private readonly SwitchNode _node;
    private readonly List<TraceOutput> _outputs = [];
    private readonly List<Fork> _forks = [];
    private TraceStep _step;
    private string _error = "";
    private int _depth;
    private int _recirculations;
    private int _resubmits;
    private bool _exited;
    private bool _isLost;

    private Translation(SwitchNode node, SwitchBridge bridge, Packet packet, TraceOptions options, TraceStep step)
    {
        _node = node;
        Bridge = bridge;
        Packet = packet;
        Options = options;
        _step = step;
    }

    /// <summary>The bridge that the packet is in.</summary>
    public SwitchBridge Bridge { get; private set; }

    /// <summary>The packet as it is now.</summary>
    public Packet Packet { get; private set; }

    /// <summary>The table that the actions executed now stand in.</summary>
    public int Table { get; private set; }

    /// <summary>The stack of push and pop.</summary>
    public Stack<(UInt128 Value, UInt128 Unknown)> Stack { get; private set; } = new();

    /// <summary>What write_actions collected.</summary>
    public ActionSet ActionSet { get; private set; } = new();

    /// <summary>What the trace goes by.</summary>
    public TraceOptions Options { get; }

    /// <summary>The way of a packet that comes in by a port of a bridge.</summary>
    public static PacketTrace Run(SwitchNode node, SwitchBridge bridge, Packet packet, TraceOptions? options = null)
    {
        Packet start = packet.Clone();
        var root = new TraceStep { Bridge = bridge.Name, Kind = "bridge", Text = bridge.Name,
            Before = start.Snapshot() };
        var outputs = new List<TraceOutput>();
        var first = new Translation(node, bridge, start, options ?? TraceOptions.Default, root);
        first.Receive();
        root.After = start.Snapshot();
        var waiting = new Queue<Fork>();
        string error = first.Finish(outputs, waiting);
        for (int count = 0; waiting.TryDequeue(out Fork? fork); count++)
        {
            if (fork.Depth > MaximumRecirculations || count >= MaximumForks)
            {
                fork.Step.Unknown = "the packet goes through conntrack so often that datapaths may give it up";
                continue;
            }
            var next = new Translation(node, fork.Bridge, fork.Packet, first.Options, fork.Step)
            {
                Stack = fork.Stack,
                ActionSet = fork.ActionSet,
                _learned = first._learned,
                _learnedFlows = first._learnedFlows,
                _recirculations = fork.Depth,
            };
            next.Start(fork.Table);
            fork.Step.After = next.Packet.Snapshot();
            string failed = next.Finish(outputs, waiting);
            error = error.Length > 0 ? error : failed;
        }
        return new PacketTrace(root, outputs, error, first._learned, first._learnedFlows);
    }

    /// <summary>Says at this step that what happens cannot be determined, and which collector's output would
    /// answer it, if one would; the packet is followed no further.</summary>
    public bool CannotTell(string reason, string needs = "")
    {
        (_step.Unknown, _step.Needs) = (reason, needs);
        _isLost = true;
        return false;
    }

    /// <summary>Nothing more is executed.</summary>
    public void Exit() => _exited = true;

    /// <summary>Says something of this step.</summary>
    public void Note(string text) => AddStep("note", text).After = Packet.Snapshot();

    /// <summary>Executes actions, until one ends it.</summary>
    public void Execute(FlowAction[] actions)
    {
        TraceStep above = _step;
        if (actions.Length == 0)
            Note("drop");
        foreach (FlowAction action in actions)
        {
            if (_exited || _isLost || _error.Length > 0)
                break;
            _step = above;
            _step = AddStep("action", action.Source.RawText);
            bool goesOn = action.Run(this);
            _step.After = Packet.Snapshot();
            if (!goesOn)
                break;
        }
        _step = above;
    }

    /// <summary>Looks the packet up in a table, as if it came in by a port, and does what
    /// the flow found says.</summary>
    public void LookUp(int table, int inPort)
    {
        if (!IsWithinLimits())
            return;
        int old = Table;
        Table = table;
        _resubmits++;
        int deeper = table <= old ? 1 : 0;
        _depth += deeper;
        Decide(inPort);
        _depth -= deeper;
        Table = old;
    }

    /// <summary>Executes actions on a copy; the packet, the stack and the action set stay as they were.</summary>
    public void Clone(FlowAction[] actions)
    {
        (Packet packet, Stack<(UInt128, UInt128)> stack, ActionSet set) = (Packet, Stack, ActionSet);
        Packet = packet.Clone();
        Stack = CopyOf(stack);
        ActionSet = new ActionSet(set);
        Execute(actions);
        ExecuteActionSet();
        (Packet, Stack, ActionSet) = (packet, stack, set);
    }

    /// <summary>Sends a tracked copy to a table: it goes on there once all else is done.</summary>
    public void Recirculate(int table, int zone)
    {
        Packet copy = Packet.Clone();
        copy[PacketFields.ConntrackZone] = (ulong)zone;
        copy[PacketFields.ConntrackState] = Options.Track(copy, zone).State;
        TraceStep step = AddStep("recirculation", $"tracked in zone {zone}, goes on in table {table}");
        _forks.Add(new Fork(Bridge, copy, table, CopyOf(Stack), new ActionSet(ActionSet), step,
            _recirculations + 1));
    }

    private static Stack<(UInt128 Value, UInt128 Unknown)> CopyOf(Stack<(UInt128 Value, UInt128 Unknown)> stack) =>
        new(stack.Reverse());

    /// <summary>Takes the packet in by its port.</summary>
    private void Receive()
    {
        SwitchPort? port = Bridge.Port(Packet.InPort);
        if (port is not null && !MayReceive(port))
            return;
        Start(0);
        if (port is { Forwards: false })
        {
            Note($"{port.Name} is {port.StpState}: what was learned from the packet stays, the packet is dropped");
            _outputs.Clear();
            _forks.Clear();
        }
    }

    private void Start(int table)
    {
        Table = table;
        Decide(Packet.InPort);
        if (_error.Length == 0)
            ExecuteActionSet();
    }

    private string Finish(List<TraceOutput> outputs, Queue<Fork> forks)
    {
        if (_error.Length > 0)
            return _error;
        outputs.AddRange(_outputs);
        foreach (Fork fork in _forks)
            forks.Enqueue(fork);
        return "";
    }

    /// <summary>Finds the flow that decides in this table and executes it.</summary>
    private void Decide(int inPort)
    {
        FlowLookup found = Find(inPort);
        TraceStep above = _step;
        _step = above.Add(new TraceStep
        {
            Bridge = Bridge.Name, Kind = "table", Table = Table, Flow = found.Flow?.Flow, Before = Packet.Snapshot(),
            Text = found.Flow?.Flow.RawText.Trim() ?? "no flow matches", IsLearned = found.Flow?.IsLearned == true,
        });
        if (found.Unknown.Length > 0)
            CannotTell(found.Unknown, Packet.IsUnknown(PacketFields.InPort) ? "OpenFlowPort" : "");
        else if (found.Flow is not null)
            Execute(found.Flow.Actions);
        else if (Bridge.IsEmpty)
            MeetEmptyBridge();
        _step.After = Packet.Snapshot();
        _step = above;
    }

    private void MeetEmptyBridge()
    {
        if (Bridge.WithoutFlows == EmptyBridge.Normal)
            new NormalSwitching(this).Send();
        else if (Bridge.WithoutFlows == EmptyBridge.Unknown)
            CannotTell($"{Bridge.Name} has no flow, and whether it switches without them was not collected", "OvsPort");
        else if (Bridge.WithoutFlows == EmptyBridge.NotCollected)
            CannotTell($"the flows of {Bridge.Name} were not collected", "OvsFlow");
    }

    /// <summary>Of a fragment the ports cannot be looked at.</summary>
    private FlowLookup Find(int inPort)
    {
        bool isFragment = (Packet[PacketFields.Fragment] & 1) != 0;
        Packet asked = Packet;
        if (inPort != Packet.InPort || isFragment)
        {
            asked = Packet.Clone();
            asked.InPort = inPort;
        }
        if (isFragment)
            (asked[PacketFields.SourcePort], asked[PacketFields.DestinationPort]) = (0, 0);
        FlowLookup dumped = Bridge.Table(Table)?.Find(asked) ?? new FlowLookup(null);
        return Options.LearnedFlows.Decide(Bridge, Table, dumped, asked);
    }

    private void ExecuteActionSet()
    {
        FlowAction[] actions = ActionSet.Take();
        if (actions.Length == 0 || _isLost || _exited)
            return;
        TraceStep above = _step;
        _step = AddStep("action set", "action set");
        Execute(actions);
        _step.After = Packet.Snapshot();
        _step = above;
    }

    private bool IsWithinLimits()
    {
        if (_depth >= MaximumDepth)
            _error = $"the packet goes deeper than {MaximumDepth} tables: Open vSwitch drops it";
        else if (_resubmits >= MaximumResubmits)
            _error = $"the packet meets more than {MaximumResubmits} resubmits: Open vSwitch drops it";
        return _error.Length == 0;
    }

    private TraceStep AddStep(string kind, string text) => _step.Add(new TraceStep
    {
        Bridge = Bridge.Name, Kind = kind, Table = Table, Text = text, Before = Packet.Snapshot(),
        After = Packet.Snapshot(),
    });

    private sealed record Fork(
        SwitchBridge Bridge, Packet Packet, int Table,
        Stack<(UInt128 Value, UInt128 Unknown)> Stack, ActionSet ActionSet,
        TraceStep Step, int Depth);
}
