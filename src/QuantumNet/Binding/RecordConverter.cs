using System.Globalization;
using System.Reflection;

namespace QuantumNet.Binding;

/// <summary>Makes records again of what came back from Export-Clixml, a job or another session, where each is a bag of
/// properties and every enumeration a number (about_Types.ps1xml, TypeConverter; QuantumNet.Types.ps1xml names it).
/// </summary>
public sealed class RecordConverter : PSTypeConverter
{
    private const string Mark = "Deserialized.";

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject bag && bag.TypeNames.FirstOrDefault() == Mark + destinationType.FullName;

    /// <inheritdoc/>
    public override object ConvertFrom(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        object record = Activator.CreateInstance(destinationType)!;
        foreach (PSPropertyInfo property in ((PSObject)sourceValue).Properties)
        {
            PropertyInfo? own = destinationType.GetProperty(property.Name);
            // Null is what was never set: the record knows better what that is.
            if (own is { CanWrite: true } && property.Value is not null)
                own.SetValue(record,
                    LanguagePrimitives.ConvertTo(property.Value, own.PropertyType, CultureInfo.InvariantCulture));
        }
        return record;
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
            throw new PSInvalidCastException();
}
