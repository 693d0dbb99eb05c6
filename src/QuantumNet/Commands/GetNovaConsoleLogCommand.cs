using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Gets what an instance's console tells of its DHCP client: discovers sent, lease or none.</summary>
[Cmdlet(VerbsCommon.Get, "NovaConsoleLog")]
[OutputType(typeof(ConsoleLog))]
public sealed class GetNovaConsoleLogCommand : GatheredCmdlet, INeedsCollectors
{
    private readonly HashSet<string> _wanted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Instances, by id or any prefix of it, or name, wildcards allowed; ports pipe their DeviceId.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DeviceId")]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [AllowEmptyString]
    [TextOnly]
    public string[] InstanceId { get; set; } = [];

    IEnumerable<string> INeedsCollectors.Needs => ["record:instance", "record:console"];

    private protected override void Process() => _wanted.UnionWith(InstanceId.Where(id => id.Length > 0));

    private protected override void End()
    {
        if (_wanted.Count == 0)
            return;
        QuantumConnection connection = OpenConnection();
        Pump(async (pipe, stop) =>
        {
            string[] ids = [.. _wanted.Where(one => Guid.TryParse(one, out _))];
            if (ids.Length < _wanted.Count)
            {
                Cloud named = await ReadCloudAsync(connection, Request([]), pipe, stop).ConfigureAwait(false);
                ids = [.. ids, .. named.Records.Instances
                    .Where(instance => _wanted.Any(one => IdOrName.Fits(one, instance.InstanceId, instance.Name)))
                    .Select(instance => instance.InstanceId).Except(ids, StringComparer.OrdinalIgnoreCase)];
            }
            Cloud cloud = await ReadCloudAsync(connection, Request(ids), pipe, stop).ConfigureAwait(false);
            foreach (string wanted in _wanted)
                Emit(cloud.Records, wanted, pipe);
        });
    }

    private static GatherRequest Request(string[] ids) => new()
    {
        Collectors = ["none"],
        RecordKinds = ids.Length == 0 ? [RecordKinds.Instance] : [RecordKinds.Instance, RecordKinds.Console],
        InstanceIds = ids,
    };

    private static void Emit(CloudRecords records, string wanted, PipelineWriter pipe)
    {
        HashSet<string> ids = records.Instances
            .Where(instance => IdOrName.Fits(wanted, instance.InstanceId, instance.Name))
            .Select(instance => instance.InstanceId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        ConsoleLog[] logs = [.. records.ConsoleLogs.Where(log => ids.Contains(log.InstanceId)
            || IdOrName.Fits(wanted, log.InstanceId, log.InstanceName))];
        if (logs.Length == 0)
            pipe.Error(Errors.ConsoleNotCollected(wanted));
        foreach (ConsoleLog log in logs)
            pipe.Object(log);
    }
}
