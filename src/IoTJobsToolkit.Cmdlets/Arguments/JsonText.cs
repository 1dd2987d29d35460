using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// A value of the shell as JSON text: members in their order (those of a plain hashtable, which has none, by name), dates in ISO 8601, enums by
/// name. What JSON cannot say is refused, and nothing is cut at any depth.
/// </summary>
internal sealed class JsonText
{
    /// <summary>Deeper than any document; an object that holds itself gets there.</summary>
    private const int Deepest = 100;

    // Relaxed, so that texts stay readable and base64 keeps its plus signs: devices' JSON readers are poor.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _writer;
    private readonly Stack<string> _path = [];

    private JsonText(Utf8JsonWriter writer) => _writer = writer;

    /// <exception cref="ArgumentTransformationMetadataException">JSON cannot say it.</exception>
    public static string Of(object value)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Options))
        {
            new JsonText(writer).Write(value);
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private void Write(object? given)
    {
        if (_path.Count > Deepest)
        {
            throw Refuse($"it nests deeper than {Deepest} levels. Does an object hold itself?");
        }
        switch (ReferenceEquals(given, AutomationNull.Value) ? null : ShellValue.Unwrap(given))
        {
            case null or DBNull:
                _writer.WriteNullValue();
                break;
            case string or char or Guid or Uri or Version or Enum:
                _writer.WriteStringValue(ShellValue.Unwrap(given)!.ToString());
                break;
            case bool flag:
                _writer.WriteBooleanValue(flag);
                break;
            case SwitchParameter flag:
                _writer.WriteBooleanValue(flag);
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal or BigInteger:
                _writer.WriteRawValue(Convert.ToString(ShellValue.Unwrap(given), CultureInfo.InvariantCulture)!);
                break;
            case double number:
                _writer.WriteNumberValue(double.IsFinite(number) ? number : throw Refuse($"JSON has no number {number}."));
                break;
            case float number:
                _writer.WriteNumberValue(float.IsFinite(number) ? number : throw Refuse($"JSON has no number {number}."));
                break;
            case DateTime time:
                _writer.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                _writer.WriteStringValue(time);
                break;
            case DateOnly date:
                _writer.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeOnly time:
                _writer.WriteStringValue(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
                break;
            case TimeSpan span:
                _writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case JsonNode node:
                node.WriteTo(_writer);
                break;
            case JsonElement element:
                element.WriteTo(_writer);
                break;
            case byte[]:
                throw Refuse("JSON has no bytes. Give them as text, such as [Convert]::ToBase64String(...).");
            case IDictionary table:
                Write(Entries(table));
                break;
            case PSObject item:
                Write(item.Properties.Select(property => (property.Name, Value(property))));
                break;
            case { } list when IsList(list):
                WriteList((IEnumerable)list);
                break;
            case { } record when IsRecord(record.GetType()):
                Write(PSObject.AsPSObject(record).Properties.Where(property => property.MemberType == PSMemberTypes.Property).Select(property => (property.Name, Value(property))));
                break;
            case { } other:
                throw Refuse($"JSON has no form for a {other.GetType().FullName}. Give a hashtable or an object with the members that are wanted, as Select-Object makes one.");
        }
    }

    private void Write(IEnumerable<(string Name, object? Value)> members)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        _writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            _path.Push("." + name);
            _writer.WritePropertyName(names.Add(name) ? name : throw Refuse("there are two members of this name."));
            Write(value);
            _path.Pop();
        }
        _writer.WriteEndObject();
    }

    private void WriteList(IEnumerable items)
    {
        var index = 0;
        _writer.WriteStartArray();
        foreach (var item in items)
        {
            _path.Push($"[{index++}]");
            Write(item);
            _path.Pop();
        }
        _writer.WriteEndArray();
    }

    private IEnumerable<(string Name, object? Value)> Entries(IDictionary table)
    {
        var entries = table.Keys.Cast<object>().Select(key => (Name: Name(key), Value: table[key]));
        return table is Hashtable ? entries.OrderBy(entry => entry.Name, StringComparer.Ordinal) : entries;
    }

    private string Name(object key) => ShellValue.Unwrap(key) switch
    {
        string name => name,
        Enum or Guid => key.ToString()!,
        IFormattable number and (byte or sbyte or short or ushort or int or uint or long or ulong or decimal) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw Refuse($"a member has a name that is no text, but a {key.GetType().FullName}."),
    };

    private object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException unreadable)
        {
            throw Refuse($"{property.Name} cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Not every type that can be enumerated is a list: a node of XML enumerates nodes.</summary>
    private static bool IsList(object value) => value is ICollection ||
        value is IEnumerable && value.GetType().GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>));

    /// <summary>A record of .NET, which the compiler gives this method, or an object of a class of PowerShell.</summary>
    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null || type.Assembly.IsDynamic;

    private ArgumentTransformationMetadataException Refuse(string why)
    {
        // Where an object holds itself, the beginning of the way tells enough.
        var place = string.Concat(_path.Reverse().Take(5)).TrimStart('.');
        return new($"The document cannot be written as JSON: {(place.Length == 0 ? "" : $"at {place}, ")}{why}");
    }
}
