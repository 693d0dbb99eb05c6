namespace QuantumNet.Parsing.Capture;

/// <summary>Where the fields of a BOOTP message lie (RFC 951, RFC 2131 section 2).</summary>
internal static class DhcpFields
{
    public const int Operation = 0;
    public const int HardwareType = 1;
    public const int HardwareLength = 2;
    public const int TransactionId = 4;
    public const int Seconds = 8;
    public const int Flags = 10;
    public const int ClientAddress = 12;
    public const int YourAddress = 16;
    public const int ServerAddress = 20;
    public const int RelayAddress = 24;
    public const int HardwareAddress = 28;
    public const int ServerName = 44;
    public const int ServerNameLength = 64;
    public const int BootFile = 108;
    public const int BootFileLength = 128;
    public const int Cookie = 236;
    public const int Options = 240;
    public const uint CookieValue = 0x63825363;

    public const int BootRequest = 1;
    public const int BootReply = 2;
    public const int MaximumHardwareLength = 16;
    public const int BroadcastFlag = 0x8000;
}
