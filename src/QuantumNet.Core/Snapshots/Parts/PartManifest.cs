using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumNet.Snapshots.Frames;

namespace QuantumNet.Snapshots.Parts;

/// <summary>What a collector's script says of itself in front of its outputs, so that a part can be read by any
/// release: which command each number is.</summary>
internal sealed record PartManifest
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;
    public string ToolVersion { get; init; } = "";

    /// <summary>The node's role; empty for any.</summary>
    public string Role { get; init; } = "";

    /// <summary>The commands by their numbers.</summary>
    public PartCommand[] Commands { get; init; } = [];

    public static string Write(PartManifest manifest) =>
        JsonSerializer.Serialize(manifest, PartJson.Default.PartManifest);

    /// <summary>Null when it is not a manifest.</summary>
    public static PartManifest? Read(string json)
    {
        try
        {
            PartManifest? manifest = JsonSerializer.Deserialize(json, PartJson.Default.PartManifest);
            bool isWhole = manifest is { Commands: not null, Role: not null, ToolVersion: not null }
                && Array.TrueForAll(manifest.Commands, command => command is { Argv: [_, ..], Collectors: not null }
                    && Array.TrueForAll(command.Argv, word => word is not null)
                    && Array.TrueForAll(command.Collectors, name => name is not null));
            return isWhole ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One command of a collector's script.</summary>
internal sealed record PartCommand
{
    public string[] Argv { get; init; } = [];
    public string[] Collectors { get; init; } = [];
    public CommandScope Scope { get; init; }
    public int Seconds { get; init; }
    public long Bytes { get; init; }
    public bool Tail { get; init; }
    public bool Fallback { get; init; }

    /// <summary>Whether it is a client of the control plane; a frame's subject is then what it was asked.</summary>
    public bool IsClient { get; init; }

    public static PartCommand Of(PlannedCommand planned) => new()
    {
        Argv = planned.Template.Argv,
        Collectors = planned.Collectors,
        Scope = planned.Template.Scope,
        Seconds = planned.Template.TimeoutSeconds,
        Bytes = planned.Template.MaximumBytes,
        Tail = planned.Template.KeepsTail,
        Fallback = planned.Template.IsFallback,
    };

    /// <summary>The command as its collector declared it.</summary>
    public PlannedCommand ToPlanned(int number) => new(number, new(Argv)
    {
        Scope = Scope,
        TimeoutSeconds = Seconds,
        MaximumBytes = Math.Clamp(Bytes, 0, int.MaxValue / 2),
        KeepsTail = Tail,
        IsFallback = Fallback,
    }, Collectors);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PartManifest))]
internal sealed partial class PartJson : JsonSerializerContext;
