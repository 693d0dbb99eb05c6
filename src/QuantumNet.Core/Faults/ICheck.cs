using QuantumNet.Paths;

namespace QuantumNet.Faults;

/// <summary>A statement that should be true of a leg, or of a part of it, with the codes of what is wrong when
/// it is not.</summary>
internal interface ICheck
{
    /// <summary>What it judges. It says the same of all legs that have that in common, and is asked once for them:
    /// of a node (<see cref="NodeCheck"/>, <see cref="ServerCheck"/>), of a port whichever DHCP server its legs
    /// lead to.</summary>
    FaultScope Scope => FaultScope.Path;

    /// <summary>The codes it raises.</summary>
    IReadOnlyList<CheckInfo> Infos { get; }

    /// <summary>Judges one leg. First it asks whether the evidence was collected.</summary>
    IEnumerable<Finding> Run(DhcpLeg leg);
}

/// <summary>Makes findings of a catalogue entry.</summary>
internal static class CheckInfoFindings
{
    /// <summary>The statement does not hold.</summary>
    public static Finding Fail(
        this CheckInfo info, string node, string @object, string message, params Evidence?[] evidence) =>
            Make(info, FindingStatus.Fail, node, @object, message) with { Evidence = [.. evidence.OfType<Evidence>()] };

    /// <summary>The statement holds.</summary>
    public static Finding Pass(this CheckInfo info, string node, string @object, string message = "") =>
        Make(info, FindingStatus.Pass, node, @object, message);

    /// <summary>It says nothing about this leg.</summary>
    public static Finding NotApplicable(this CheckInfo info, string reason) =>
        Make(info, FindingStatus.NotApplicable, "", "", reason);

    /// <summary>The evidence was not collected: which collector's, about which bridge, namespace or network.
    /// The command to run follows from that.</summary>
    public static Finding Unknown(this CheckInfo info, string node, string collector, string subject = "") =>
        Make(info, FindingStatus.Unknown, node, subject.Length > 0 ? subject : collector, "")
            with { MissingCollector = collector, MissingSubject = subject };

    /// <summary>What was collected does not decide; the message says why.</summary>
    public static Finding Undecided(
        this CheckInfo info, string node, string @object, string message, params Evidence?[] evidence) =>
            Make(info, FindingStatus.Unknown, node, @object, message)
                with { Evidence = [.. evidence.OfType<Evidence>()] };

    private static Finding Make(
        CheckInfo info, FindingStatus status, string node, string @object, string message) => new()
        {
            Code = info.Code,
            Title = info.Title,
            Severity = info.Severity,
            Remedy = info.Remedy,
            Status = status,
            ComputerName = node,
            Object = @object,
            Message = message,
        };
}
