namespace QuantumNet.Parsing.Capture;

/// <summary>Reasons of a <see cref="ParseIssue"/> about a capture. Its line number is the frame's;
/// 0 means the file is not a capture at all.</summary>
internal static class CaptureIssue
{
    /// <summary>The file ends inside something.</summary>
    public const string Truncated = "Truncated";

    /// <summary>A packet whose lengths or fields do not fit; the next one is read.</summary>
    public const string MalformedPacket = "Malformed packet";

    /// <summary>Frames of that link type are passed over.</summary>
    public const string UnknownLinkType = "Link type is not decoded";
}
