using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Wire.Requests;

/// <summary>A member that comes as text, in the path or the query.</summary>
internal sealed record TextMember(string Name, byte[] Utf8Name, Type Type)
{
    public static TextMember Of(JsonTypeInfo operation, string name)
    {
        var property = operation.Properties.First(property => property.Name == name);
        return new(name, Encoding.UTF8.GetBytes(name), Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
    }

    public void Write(Utf8JsonWriter writer, string value)
    {
        if (Type == typeof(bool))
        {
            writer.WriteBoolean(Utf8Name, bool.TryParse(value, out var flag) && value.Trim() == value
                ? flag
                : throw Check.Failed(Name, value, "Member must be true or false"));
        }
        else if (Type == typeof(int))
        {
            writer.WriteNumber(Utf8Name, int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Check.Failed(Name, value, Misfit.WholeNumber(int.MinValue, int.MaxValue)));
        }
        else if (Type == typeof(long))
        {
            writer.WriteNumber(Utf8Name, long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Check.Failed(Name, value, Misfit.WholeNumber(long.MinValue, long.MaxValue)));
        }
        else
        {
            writer.WriteString(Utf8Name, value);
        }
    }
}
