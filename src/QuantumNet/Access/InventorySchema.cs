namespace QuantumNet.Access;

/// <summary>The JSON schema of an inventory, for editors and for those who write one by program.</summary>
internal static class InventorySchema
{
    /// <summary>Its text.</summary>
    public static string Text
    {
        get
        {
            using StreamReader reader =
                new(typeof(InventorySchema).Assembly.GetManifestResourceStream("inventory.schema.json")!);
            return reader.ReadToEnd();
        }
    }
}
