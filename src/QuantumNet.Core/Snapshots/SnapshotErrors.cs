namespace QuantumNet.Snapshots;

/// <summary>What can be wrong with a snapshot on disk, and what to do.</summary>
internal static class SnapshotErrors
{
    public static QuantumError NotFound(string path) =>
        Create("SnapshotNotFound", QuantumErrorCategory.ObjectNotFound, path,
            $"There is no snapshot '{path}'.", "Check the path; Save-QuantumSnapshot makes one.");

    public static QuantumError NotRecognised(string path, string found) => Create("SnapshotNotRecognised",
        QuantumErrorCategory.InvalidData, path,
        $"'{path}' is not a snapshot: {found}.",
        "Give a folder or zip that Save-QuantumSnapshot made, an extracted sosreport (tar -xf "
            + "sosreport-....tar.xz), or a folder with what the script of Get-QuantumCollector printed on each node.");

    public static QuantumError Encrypted(string path) => Create("SnapshotEncrypted", QuantumErrorCategory.InvalidData,
        path, $"The snapshot '{path}' is encrypted.",
        "Unpack it with its password ('unzip', '7z x'), and give the folder.");

    public static QuantumError IsInventory(string path) =>
        Create("SnapshotNotRecognised", QuantumErrorCategory.InvalidData, path,
            $"'{path}' is not a snapshot: a snapshot is a folder or a zip.",
            $"If it is an inventory, use -Inventory '{path}'.");

    public static QuantumError Exists(string path) =>
        Create("SnapshotExists", QuantumErrorCategory.ResourceExists, path,
            $"'{path}' exists already.", "Choose another name, or pass -Force to replace it.");

    public static QuantumError FolderNotFound(string path, string folder) =>
        Create("FolderNotFound", QuantumErrorCategory.ObjectNotFound, path,
            $"'{path}' cannot be written: there is no folder '{folder}'.",
            "Make the folder first, or choose another name.");

    public static QuantumError NotOurs(string path) => Create("SnapshotFolderNotEmpty",
        QuantumErrorCategory.ResourceExists, path,
        $"The folder '{path}' holds other files than a snapshot's, so it is not replaced.",
        "Name a new or an empty folder.");

    public static QuantumError HoldsMore(string path, string stranger) => Create("SnapshotFolderHoldsMore",
        QuantumErrorCategory.ResourceExists, path,
        $"The snapshot '{path}' is not replaced: its folder holds '{stranger}', which the snapshot does not list.",
        "Move that elsewhere, or name another folder.");

    public static QuantumError NotWritten(string path, Exception cause) =>
        Create("SnapshotNotWritten", QuantumErrorCategory.WriteError, path,
            $"The snapshot '{path}' cannot be written: {cause.Message}",
            "Check the folder's permissions and the free space.", cause);

    public static QuantumError NotRead(string path, Exception cause) =>
        Create("SnapshotNotRead", QuantumErrorCategory.ReadError, path,
            $"The snapshot '{path}' cannot be read: {cause.Message}",
            "Check that the file is whole and that you may read it.", cause);

    public static QuantumError Corrupt(string path, string what, Exception? cause = null) =>
        Create("SnapshotCorrupt", QuantumErrorCategory.InvalidData, path,
            $"The snapshot '{path}' is damaged: {what}",
            "Copy it again from where it was taken, or take a new one.", cause);

    public static QuantumError WrongVersion(string path, int format, int known) =>
        Create("SnapshotVersionUnknown", QuantumErrorCategory.InvalidData, path,
            $"The snapshot '{path}' has format {format}; this release reads up to {known}.",
            "Update QuantumNet to read it.");

    public static QuantumError FileMissing(string path, string name) =>
        Create("SnapshotFileMissing", QuantumErrorCategory.ObjectNotFound, path,
            $"'{name}' is named in the snapshot '{path}' but is not in it.",
            "What it held counts as not collected; copy the snapshot again if it should be there.");

    public static QuantumError FileUnsafe(string path, string name) =>
        Create("SnapshotPathUnsafe", QuantumErrorCategory.SecurityError, path,
            $"'{name}' in the snapshot '{path}' points outside of it and is left out.",
            "Do not trust this snapshot: ask who made it.");

    public static QuantumError FileTooBig(string path, string name, long limit) =>
        Create("SnapshotFileTooBig", QuantumErrorCategory.InvalidData, path,
            $"'{name}' in the snapshot '{path}' is bigger than {limit} bytes; only its beginning is read.",
            "Take a snapshot of fewer nodes, or cut the file.");

    public static QuantumError TooBig(string path, long limit) =>
        Create("SnapshotTooBig", QuantumErrorCategory.InvalidData, path,
            $"The snapshot '{path}' holds more than {limit} bytes; the rest is left out.",
            "Take a snapshot of fewer nodes.");

    public static QuantumError Duplicate(string path, string name) =>
        Create("SnapshotNameTwice", QuantumErrorCategory.InvalidData, path,
            $"The snapshot '{path}' holds '{name}' more than once; the first is read.",
            "Take a new snapshot if you can; this one was put together by hand.");

    /// <summary>The library that unpacks is missing from the module, or damaged.</summary>
    public static QuantumError NotUnpacked(string path, string name, Compression format, Exception cause) =>
        Create("SnapshotCompressionUnknown", QuantumErrorCategory.InvalidData, path,
            $"'{name}' in the snapshot '{path}' is compressed with {format.ToString().ToLowerInvariant()}, "
                + $"which cannot be read here: {cause.Message}",
            "Install the module again, or unpack the file in place; what it holds counts as not collected.", cause);

    public static QuantumError PackedDamaged(string path, string name, Compression format, Exception cause) =>
        Create("SnapshotFileDamaged", QuantumErrorCategory.InvalidData, path,
            $"'{name}' in the snapshot '{path}' is cut short or damaged ({format.ToString().ToLowerInvariant()}: "
                + $"{cause.Message.TrimEnd('.')}); what stands before the damage is read.",
            "Copy the file again from where it was taken; what it lost counts as not collected.", cause);

    private static QuantumError Create(string id, QuantumErrorCategory category, string target, string message,
        string advice, Exception? cause = null) =>
            new() { Id = id, Category = category, Target = target, Message = message, Advice = advice, Cause = cause };
}
