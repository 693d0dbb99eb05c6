using System.Globalization;

namespace QuantumNet.Parsing.Ovs;

/// <summary>What <c>ovs-vsctl show</c> tells.</summary>
/// <param name="Bridges">The bridges.</param>
/// <param name="Ports">Their ports.</param>
public sealed record OvsVsctlShow(List<OvsBridge> Bridges, List<OvsPort> Ports);

/// <summary>Reads <c>ovs-vsctl show</c> of Open vSwitch 1.4 to 3.x (ovs-vsctl(8);
/// the tree of cmd_show_tables in utilities/ovs-vsctl.c):
/// <code>
///     Bridge br-int
///         Port "qvo1408934f-93"
///             tag: 2
///             Interface "qvo1408934f-93"
/// </code></summary>
public static class OvsVsctlShowParser
{
    /// <summary>Reads the whole output.</summary>
    public static OvsVsctlShow ParseAll(string text, TextSource source)
    {
        var tree = new ShowTree(source);
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
            tree.Read(line.TrimEnd(), ++number);
        return tree.Finish();
    }

    /// <summary>The part of the tree that is being read.</summary>
    private sealed class ShowTree(TextSource source)
    {
        private readonly List<OvsBridge> _bridges = [];
        private readonly List<OvsPort> _ports = [];
        private readonly List<string> _names = [];
        private readonly List<string> _controllers = [];
        private readonly List<string> _lines = [];
        private OvsBridge? _bridge;
        private OvsPort? _port;
        private string _version = "";
        private int _interfaces;
        private Level _level;

        private enum Level
        {
            Root,
            Manager,
            Bridge,
            Controller,
            Port,
            Interface,
        }

        public void Read(ReadOnlySpan<char> line, int number)
        {
            ReadOnlySpan<char> content = line.TrimStart();
            if (content.IsEmpty)
                return;
            int column = line.Length - content.Length + 1;
            if (!ReadHeader(content, line, number) && !ReadSetting(content, line))
                Report(content, number, column);
        }

        public OvsVsctlShow Finish()
        {
            EndBridge();
            if (_version.Length > 0)
            {
                for (int i = 0; i < _bridges.Count; i++)
                    _bridges[i] = _bridges[i] with { OvsVersion = _version };
            }
            return new OvsVsctlShow(_bridges, _ports);
        }

        private bool ReadHeader(ReadOnlySpan<char> content, ReadOnlySpan<char> line, int number)
        {
            int space = content.IndexOf(' ');
            ReadOnlySpan<char> word = space < 0 ? content : content[..space];
            if (word.EndsWith(":"))
                return false;
            string name = space < 0 ? "" : OvsdbText.Atom(content[space..]);
            switch (word)
            {
                case "Bridge" when space > 0:
                    StartBridge(name, line, number);
                    return true;
                case "Port" when space > 0 && _bridge is not null:
                    StartPort(name, line, number);
                    return true;
                case "Interface" when space > 0 && _port is not null:
                    _interfaces++;
                    _lines.Add(line.ToString());
                    _level = Level.Interface;
                    return true;
                case "Controller" when space > 0 && _bridge is not null:
                    _controllers.Add(name);
                    _bridge = _bridge with { IsConnected = _bridge.IsConnected ?? false };   // false is not printed
                    _level = Level.Controller;
                    return true;
                case "Manager" when space > 0:
                    EndBridge();
                    _level = Level.Manager;
                    return true;
                default:
                    return _level == Level.Root && _bridges.Count == 0 && Guid.TryParse(content, out _);
            }
        }

        private bool ReadSetting(ReadOnlySpan<char> content, ReadOnlySpan<char> line)
        {
            int colon = content.IndexOf(": ");
            ReadOnlySpan<char> key = colon > 0 ? content[..colon] : content.TrimEnd(':');
            ReadOnlySpan<char> value = colon > 0 ? content[(colon + 2)..].Trim() : default;
            if (colon < 0 && key.Length == content.Length)
                return false;
            if (key is "ovs_version")
            {
                _version = OvsdbText.Atom(value);
                return true;
            }
            return _level switch
            {
                Level.Manager => key is "is_connected",
                Level.Controller when key is "is_connected" => ReadConnected(value),
                Level.Bridge or Level.Controller => ReadBridgeSetting(key, value),
                Level.Port => ReadPortSetting(key, value, line),
                Level.Interface => ReadInterfaceSetting(key, value, line),
                _ => false,
            };
        }

        private bool ReadConnected(ReadOnlySpan<char> value)
        {
            _bridge = _bridge! with { IsConnected = value is "true" || _bridge.IsConnected == true };
            return true;
        }

        private bool ReadBridgeSetting(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
        {
            switch (key)
            {
                case "fail_mode":
                    _bridge = _bridge! with { FailMode = OvsdbText.Atom(value) };
                    return true;
                case "datapath_type":
                    _bridge = _bridge! with { DatapathType = OvsdbText.Atom(value) };
                    return true;
                default:
                    return false;
            }
        }

        private bool ReadPortSetting(ReadOnlySpan<char> key, ReadOnlySpan<char> value, ReadOnlySpan<char> line)
        {
            _lines.Add(line.ToString());
            switch (key)
            {
                case "tag" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int tag):
                    _port = _port! with { Tag = tag };
                    return true;
                case "trunks" when TryNumbers(value, out int[] trunks):
                    _port = _port! with { Trunks = trunks };
                    return true;
                default:
                    return false;
            }
        }

        private bool ReadInterfaceSetting(ReadOnlySpan<char> key, ReadOnlySpan<char> value, ReadOnlySpan<char> line)
        {
            _lines.Add(line.ToString());
            bool known = key is "type" or "options" or "error" or "bfd_status";
            if (!known)
                return false;
            if (key is "error" && _port!.Error.Length == 0)
                _port = _port with { Error = OvsdbText.Atom(value) };
            if (_interfaces > 1)
                return true;
            if (key is "type")
                _port = _port! with { Type = OvsdbText.Atom(value) };
            else if (key is "options")
                _port = OvsPortOptions.Apply(_port!, OvsdbText.Map(value));
            return true;
        }

        private void StartBridge(string name, ReadOnlySpan<char> line, int number)
        {
            EndBridge();
            _bridge = new OvsBridge
            {
                ComputerName = source.ComputerName,
                Command = source.Command,
                LineNumber = number,
                RawText = line.ToString(),
                Bridge = name,
            };
            _level = Level.Bridge;
        }

        private void StartPort(string name, ReadOnlySpan<char> line, int number)
        {
            EndPort();
            _port = new OvsPort
            {
                ComputerName = source.ComputerName,
                Command = source.Command,
                LineNumber = number,
                Bridge = _bridge!.Bridge,
                Device = name,
            };
            _lines.Add(line.ToString());
            _names.Add(name);
            _level = Level.Port;
        }

        private void EndPort()
        {
            if (_port is not null)
                _ports.Add(_port with { RawText = string.Join('\n', _lines) });
            _port = null;
            _interfaces = 0;
            _lines.Clear();
        }

        private void EndBridge()
        {
            EndPort();
            if (_bridge is not null)
                _bridges.Add(_bridge with { Ports = [.. _names], Controllers = [.. _controllers] });
            _bridge = null;
            _names.Clear();
            _controllers.Clear();
        }

        private void Report(ReadOnlySpan<char> content, int number, int column) =>
            source.Report(number, column, "Not understood", content);

        private static bool TryNumbers(ReadOnlySpan<char> value, out int[] numbers)
        {
            List<string> items = OvsdbText.Set(value);
            numbers = new int[items.Count];
            for (int i = 0; i < numbers.Length; i++)
            {
                if (!int.TryParse(items[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                    return false;
            }
            return true;
        }
    }
}
