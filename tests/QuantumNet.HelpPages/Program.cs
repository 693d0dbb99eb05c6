namespace QuantumNet.HelpPages;

/// <summary>Brings the pages of docs/en-US up to the cmdlets' classes, and writes the help file from them.</summary>
internal static class Program
{
    /// <summary>Takes the project's folder; without it, the nearest one above that holds the manifest.</summary>
    /// <returns>0, or 1 when a page cannot be read: the file and line are told.</returns>
    public static int Main(string[] arguments)
    {
        string? root = arguments.Length > 0 ? arguments[0] : FindRoot(Environment.CurrentDirectory);
        if (root is null)
        {
            Console.Error.WriteLine("No QuantumNet.psd1 here or above: name the project's folder.");
            return 1;
        }
        try
        {
            var folder = new HelpFolder(root);
            foreach (string changed in folder.Build())
                Console.WriteLine($"wrote {changed}");
            return 0;
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static string? FindRoot(string folder)
    {
        string? at = folder;
        while (at is not null && !File.Exists(Path.Combine(at, "QuantumNet.psd1")))
            at = Path.GetDirectoryName(at);
        return at;
    }
}
