namespace QuantumNet.Snapshots.Parts;

/// <summary>What can be wrong with the parts of a snapshot, and what to do.</summary>
internal static class PartErrors
{
    public static QuantumError Foreign(string path, string name) => Create("SnapshotPartForeign", path,
        $"'{name}' among the parts of the snapshot '{path}' is none, or breaks off before its first command.",
        "Run the script of Get-QuantumCollector there again, or move the file away; the other parts are read.");

    public static QuantumError Truncated(string path, Part part) => Create("SnapshotPartTruncated", path,
        $"'{part.File}' breaks off: {Ran(part)} on node '{part.ComputerName}'.",
        "What it holds is read. Run the collector there again; it ends by itself when its time is up "
            + "(-TimeoutSeconds of Get-QuantumCollector).");

    public static QuantumError Repeated(string path, Part left, Part kept) => Create("SnapshotPartRepeated", path,
        $"'{left.File}' is another part of node '{left.ComputerName}'; '{kept.File}' is read.",
        "Remove the one that is not wanted. Nodes with the same name: run 'sh SCRIPT NAME' there.");

    public static QuantumError WrongVersion(string path, Part part) => Create("SnapshotVersionUnknown", path,
        $"'{part.File}' has format {part.Manifest.Format}; this release reads up to {PartManifest.CurrentFormat}.",
        "Update QuantumNet to read it.");

    public static string Ran(Part part) => part.Count.Total == 0 ? "the script did not come to its end"
        : $"{part.Count.Done} of {part.Count.Total} commands ran";

    private static QuantumError Create(string id, string path, string message, string advice) =>
        new() { Id = id, Category = QuantumErrorCategory.InvalidData, Target = path, Message = message,
            Advice = advice };
}
