using System.Globalization;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Iptables;

namespace QuantumNet.Simulation.Assumptions;

/// <summary>A rule added, inserted or deleted, a chain flushed, or a policy set (iptables(8)).</summary>
internal sealed class AssumedRule : IAssumedChange
{
    public string[] Forms { get; } =
    [
        "[ip netns exec NAMESPACE] iptables [-t TABLE] -A CHAIN RULE", "iptables [-t TABLE] -I CHAIN [NUMBER] RULE",
        "iptables [-t TABLE] -D CHAIN RULE|NUMBER", "iptables [-t TABLE] -F [CHAIN]",
        "iptables [-t TABLE] -P CHAIN TARGET",
    ];

    private static readonly string[] s_kernelChains = ["INPUT", "FORWARD", "OUTPUT", "PREROUTING", "POSTROUTING"];

    public string? Apply(NodeState node, Assumption change)
    {
        (string space, string[] words) = AssumedNamespace.Of(change.Argv);
        string table = "filter";
        if (words is ["iptables", "-t", var named, .. var rest])
            (table, words) = (named, ["iptables", .. rest]);
        if (words is not ["iptables", "-A" or "-I" or "-D" or "-F" or "-P", ..])
            return null;
        var tables = new Rules(node, change, space, table);
        return words switch
        {
            [_, "-F"] => tables.Flush(null),
            [_, "-F", var chain] => tables.Flush(chain),
            [_, "-P", var chain, "ACCEPT" or "DROP"] => tables.SetPolicy(chain, words[^1]),
            [_, "-A", var chain, .. var rule] => tables.Insert(chain, rule, number: null),
            [_, "-I", var chain, var number, .. var rule] when IsNumber(number, out int at) =>
                tables.Insert(chain, rule, at),
            [_, "-I", var chain, .. var rule] => tables.Insert(chain, rule, number: 1),
            [_, "-D", var chain, var number] when IsNumber(number, out int at) => tables.Delete(chain, at),
            [_, "-D", var chain, .. var rule] => tables.Delete(chain, rule),
            _ => null,
        };
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>The rules of one table in one namespace.</summary>
    private sealed class Rules(NodeState node, Assumption change, string space, string table)
    {
        // The kernel's own chains are there before anybody lists a rule.
        private bool HasChain(string chain) => Array.IndexOf(s_kernelChains, chain) >= 0
            || node.IptablesChains.Exists(one => IsHere(one.Namespace, one.Table) && one.Chain == chain)
            || node.IptablesRules.Exists(rule => IsIn(rule, chain));

        public string Flush(string? chain)
        {
            if (chain is not null && !HasChain(chain))
                return NoChain(chain);
            node.IptablesRules.RemoveAll(
                rule => IsHere(rule.Namespace, rule.Table) && (chain is null || rule.Chain == chain));
            return "";
        }

        public string SetPolicy(string chain, string policy)
        {
            if (Array.IndexOf(s_kernelChains, chain) < 0)
                return $"{chain} is none of the kernel's chains, which alone have a policy";
            node.IptablesChains.RemoveAll(one => IsHere(one.Namespace, one.Table) && one.Chain == chain);
            node.IptablesChains.Add(new IptablesChain
            {
                ComputerName = node.ComputerName, Namespace = space, Table = table, Chain = chain, Policy = policy,
                Command = change.Command, RawText = change.Command,
            });
            return "";
        }

        public string Insert(string chain, string[] words, int? number)
        {
            if (!HasChain(chain))
                return NoChain(chain);
            if (Read(chain, words) is not { } rule)
                return "the rule was not understood";
            int end = node.IptablesRules.Count(one => IsIn(one, chain)) + 1, at = Math.Min(number ?? end, end);
            // Behind the rule before it; the first of an empty chain stands at the end of all.
            int before = node.IptablesRules.FindIndex(one => IsIn(one, chain) && one.RuleNumber == at - 1);
            int next = node.IptablesRules.FindIndex(one => IsIn(one, chain) && one.RuleNumber == at);
            node.IptablesRules.Insert(before >= 0 ? before + 1 : next >= 0 ? next : node.IptablesRules.Count, rule);
            Number(chain);
            return "";
        }

        public string Delete(string chain, int number) =>
            Remove(chain, rule => rule.RuleNumber == number, $"{chain} has no rule {number}");

        public string Delete(string chain, string[] words)
        {
            if (Read(chain, words) is not { } wanted)
                return "the rule was not understood";
            int first = node.IptablesRules.Find(rule => IsIn(rule, chain) && IsSame(rule, wanted))?.RuleNumber ?? -1;
            return Remove(chain, rule => rule.RuleNumber == first, $"{chain} has no such rule");
        }

        private string Remove(string chain, Predicate<IptablesRule> which, string otherwise)
        {
            if (node.IptablesRules.RemoveAll(rule => IsIn(rule, chain) && which(rule)) == 0)
                return otherwise;
            Number(chain);
            return "";
        }

        private void Number(string chain)
        {
            int number = 0;
            for (int i = 0; i < node.IptablesRules.Count; i++)
            {
                if (IsIn(node.IptablesRules[i], chain))
                    node.IptablesRules[i] = node.IptablesRules[i] with { RuleNumber = ++number };
            }
        }

        private IptablesRule? Read(string chain, string[] words)
        {
            List<ParseIssue> issues = [];
            IEnumerable<string> quoted = words.Select(word => word.Contains(' ') ? $"\"{word}\"" : word);
            string line = $"-A {chain} {string.Join(' ', quoted)}";
            IptablesSave read = IptablesSaveParser.ParseAll($"*{table}\n{line}\nCOMMIT\n",
                new TextSource(node.ComputerName, change.Command, issues) { Namespace = space });
            return issues.Count == 0 && read.Rules is [var rule] ? rule : null;
        }

        // -s 1.2.3.4 is the same as -s 1.2.3.4/32, and -p udp the same as -p udp -m udp.
        private static bool IsSame(IptablesRule one, IptablesRule other) =>
            one.Target == other.Target && one.TargetOptions == other.TargetOptions && one.IsGoto == other.IsGoto
            && Conditions(one).SetEquals(Conditions(other));

        private static HashSet<string> Conditions(IptablesRule rule) => [.. rule.Matches
            .Where(match => match.Option is not ("" or "comment"))
            .Select(match => $"{match.Negated} {match.Option} {Bare(match.Value)}")];

        private static string Bare(string value) =>
            value.EndsWith("/32", StringComparison.Ordinal) ? value[..^3] : value;

        private bool IsIn(IptablesRule rule, string chain) => IsHere(rule.Namespace, rule.Table) && rule.Chain == chain;

        private bool IsHere(string itsSpace, string itsTable) => itsSpace == space && itsTable == table;

        private string NoChain(string chain) => $"{node.ComputerName} has no chain '{chain}' in the {table} table"
            + (space.Length > 0 ? $" of {space}" : "");
    }
}
