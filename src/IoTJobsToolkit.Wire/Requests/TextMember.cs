using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Requests;

/// <summary>A member that comes as text, in the path or the query.</summary>
internal sealed record TextMember(string Name, byte[] Utf8Name, Type Type, Func<object, object?> Get)
{
    public static TextMember Of(JsonTypeInfo operation, string name)
    {
        var property = operation.Properties.First(property => property.Name == name);
        return new(
            name,
            Encoding.UTF8.GetBytes(name),
            Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
            Getter(property));
    }

    /// <summary>Reads a member of an operation; null when it has nothing to send. A flag which is not nullable says nothing when it is false.</summary>
    public static Func<object, object?> Getter(JsonPropertyInfo property)
    {
        var get = property.Get ?? throw new InvalidOperationException($"The member {property.Name} cannot be read.");
        return property.PropertyType == typeof(bool) ? operation => get(operation) is true ? true : null : get;
    }

    /// <summary>The member of an operation as text, the reverse of <see cref="Write"/>; null when it has nothing to send.</summary>
    public string? Text(object operation) => Get(operation) switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        Enum word => word.ToString(),
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => (time.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture),
        var value => throw new NotSupportedException($"The member {Name} is a {value.GetType().Name}, which has no form in a path or a query."),
    };

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
        else if (Type == typeof(DateTimeOffset))
        {
            writer.WriteNumber(
                Utf8Name,
                decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) &&
                EpochSecondsConverter.IsTime(seconds)
                    ? seconds
                    : throw Check.Failed(Name, value, "Member must be a time in seconds since 1970"));
        }
        else
        {
            writer.WriteString(Utf8Name, value);
        }
    }
}
