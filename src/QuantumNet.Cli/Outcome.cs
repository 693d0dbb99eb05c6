using QuantumNet.Pipeline;

namespace QuantumNet.Cli;

/// <summary>What a run comes to, told from what it emitted: broken outweighs errors, errors outweigh doubt.</summary>
internal sealed class Outcome
{
    private bool _isBroken, _isFalse, _hasDoubt, _isUnsure, _hasError;

    /// <summary>The exit status.</summary>
    public int Status => (_isBroken || (_isFalse && !_isUnsure), _hasError, _hasDoubt || _isUnsure) switch
    {
        (true, _, _) => ExitStatus.Broken,
        (_, true, _) => ExitStatus.CouldNotRun,
        (_, _, true) => ExitStatus.CouldNotTell,
        _ => ExitStatus.Fine,
    };

    /// <summary>Takes what the cmdlet emitted.</summary>
    public void Add(object result)
    {
        switch (result)
        {
            case IVerdict { Status: DhcpPathStatus.Broken } or OvsTunnelPair { Status: DhcpPathStatus.Broken }
                or DhcpProbeResult { Status: DhcpProbeStatus.RequestLost or DhcpProbeStatus.ReplyLost }
                or DhcpPathSummary { Status: DhcpPathStatus.Broken } or Finding { Status: FindingStatus.Fail }
                or QuantumInventoryResult { Status: DhcpPathStatus.Broken }:
                _isBroken = true;
                break;
            case IVerdict { Status: DhcpPathStatus.Unknown } or OvsTunnelPair { Status: DhcpPathStatus.Unknown }
                or DhcpProbeResult { Status: DhcpProbeStatus.Unknown or DhcpProbeStatus.NotSent }
                or DhcpPathSummary { Status: DhcpPathStatus.Unknown } or Finding { Status: FindingStatus.Unknown }:
                _hasDoubt = true;
                break;
            case false:
                _isFalse = true;
                break;
        }
    }

    /// <summary>Takes what went wrong on the way. That a path is unknown is a verdict, not a failure:
    /// <c>-Quiet</c> says false then.</summary>
    public void Add(QuantumError error)
    {
        if (error.Id is Errors.PathUnknownId or Errors.ServerUnknownId or Errors.MeshUnknownId
            or Errors.ReachabilityUnknownId)
            _isUnsure = true;
        else
            _hasError = true;
    }
}
