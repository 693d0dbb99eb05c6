using QuantumNet.Simulation.Bridge;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Where a packet goes: ports, patches to other bridges.</summary>
internal sealed partial class Translation
{
    private const string ControllerName = "CONTROLLER";

    /// <summary>Sends the packet to a port, or to what a reserved number stands for.</summary>
    public bool Output(int port)
    {
        switch (port)
        {
            case PortNames.InPort:
                Send(Packet.InPort);
                return true;
            case PortNames.Table:
                return CannotTell("output to TABLE is not modelled");
            case PortNames.Normal:
                new NormalSwitching(this).Send();
                return !_isLost;
            case PortNames.Flood or PortNames.All:
                Flood(isToAll: port == PortNames.All);
                return true;
            case PortNames.Controller:
                SendToController();
                return true;
            case PortNames.None:
                return true;
            case var own when own == Packet.InPort:
                Note("not sent back to the port it came from");
                return true;
            default:
                Send(port);
                return true;
        }
    }

    /// <summary>Sends a copy to the controller.</summary>
    public void SendToController() => _outputs.Add(
        new TraceOutput(Bridge.Name, ControllerName, Packet.Snapshot(), _step));

    /// <summary>Sends the packet out by a port, whatever its own is; through a patch port into
    /// the next bridge.</summary>
    public void Send(int number, bool minding = true)
    {
        if (Bridge.Port(number) is not { } port)
        {
            TraceStep missing = AddStep("note", $"{Bridge.Name} has no port {number}");
            if (Bridge.HasUnnumberedPorts)
                (missing.Unknown, missing.Needs) =
                    ($"nothing tells which port of {Bridge.Name} has number {number}", "OpenFlowPort");
            return;
        }
        string refused = Refusal(port, minding);
        if (refused.Length > 0)
            Note(refused);
        else if (port.Peer.Length == 0)
            _outputs.Add(new TraceOutput(Bridge.Name, port.Name, Packet.Snapshot(), _step));
        else if (_node.PeerOf(port) is { } peer)
            Enter(peer.Bridge, peer.Port);
        else
            AddStep("note", $"to {port.Peer}").Unknown =
                $"{port.Peer}, the other end of {port.Name}, was not collected";
    }

    private string Refusal(SwitchPort port, bool minding)
    {
        if (Array.IndexOf(port.Config, "NO_FWD") >= 0)
            return $"{port.Name} is set not to send (no-forward)";
        if (port.IsProtected && Bridge.Port(Packet.InPort) is { IsProtected: true })
            return $"{port.Name} and the port it came from are both protected";
        return minding && !port.Forwards ? $"{port.Name} is {port.StpState}: it forwards nothing" : "";
    }

    private bool MayReceive(SwitchPort port)
    {
        bool may = Array.IndexOf(port.Config, "NO_RECV") < 0 && port.Learns;
        if (!may)
            Note($"{port.Name} is set to receive nothing");
        return may;
    }

    private void Flood(bool isToAll)
    {
        foreach (SwitchPort port in Bridge.Ports)
        {
            if (port.Number != Packet.InPort && (isToAll || Array.IndexOf(port.Config, "NO_FLOOD") < 0))
                Send(port.Number, minding: !isToAll);
        }
    }

    /// <summary>Goes on in the bridge behind a patch port; what happens there changes nothing here.</summary>
    private void Enter(SwitchBridge bridge, SwitchPort port)
    {
        (SwitchBridge Bridge, Packet Packet, TraceStep Step) here = (Bridge, Packet, _step);
        (Stack<(UInt128, UInt128)> stack, ActionSet set) = (Stack, ActionSet);
        Bridge = bridge;
        Packet = EnteringPacket(here.Packet, port.Number);
        Stack = new();
        ActionSet = new();
        _step = AddStep("bridge", $"{bridge.Name}, by {port.Name}");
        int outputs = _outputs.Count;
        int forks = _forks.Count;
        if (MayReceive(port))
        {
            LookUp(0, Packet.InPort);
            ExecuteActionSet();
        }
        if (!port.Forwards)
        {
            _outputs.RemoveRange(outputs, _outputs.Count - outputs);
            _forks.RemoveRange(forks, _forks.Count - forks);
        }
        // What it sent elsewhere until then, going round and round, cannot be counted as the switch does.
        if (_error.Length > 0)
            AddStep("note", _error).Unknown = _error;
        _step.After = Packet.Snapshot();
        (Bridge, Packet, _step) = here;
        (Stack, ActionSet) = (stack, set);
        (_exited, _isLost, _error) = (false, false, "");
    }

    /// <summary>The next bridge sees headers and the mark; registers, metadata,
    /// tunnel and conntrack stay behind.</summary>
    private static Packet EnteringPacket(Packet packet, int port)
    {
        Packet entering = packet.Clone();
        entering.InPort = port;
        entering.LeavePipeline();
        return entering;
    }
}
