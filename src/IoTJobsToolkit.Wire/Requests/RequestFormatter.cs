using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Wire.Requests;

/// <summary>
/// Makes path, query and body of an operation, as AWS's SDKs do (http-api 9): the reverse of <see cref="RequestBinder"/>. A member that
/// is null, or a flag that can only be set, is left out.
/// </summary>
internal sealed class RequestFormatter
{
    private readonly Route _route;
    private readonly TextMember[] _path;
    private readonly TextMember[] _query;
    private readonly BodyMember[] _body;
    private readonly JsonWriterOptions _writing;

    public RequestFormatter(Route route, JsonTypeInfo type)
    {
        _route = route;
        _path = [.. route.PathMembers.Select(name => TextMember.Of(type, name))];
        _query = [.. route.QueryMembers.Select(name => TextMember.Of(type, name))];
        _body = route.Method is "GET" or "DELETE"
            ? []
            : [.. type.Properties
                .Where(property => property.Get is not null && !route.PathMembers.Contains(property.Name) && !route.QueryMembers.Contains(property.Name))
                .Select(property => BodyMember.Of(type, property))];
        _writing = new() { Encoder = type.Options.Encoder, SkipValidation = true };
    }

    /// <summary>Whether every part of the path is known.</summary>
    public bool HasPath(Operation operation) => Array.TrueForAll(_path, member => member.Get(operation) is not null);

    /// <exception cref="JobsException">A member which stands in the path is missing, or cannot stand there.</exception>
    public FormattedRequest Format(Operation operation) => new(Path(operation), Query(operation), Body(operation));

    private string Path(Operation operation)
    {
        var path = new StringBuilder(64);
        var next = 0;
        foreach (var segment in _route.Segments)
        {
            path.Append('/').Append(segment.IsMember ? Uri.EscapeDataString(Given(_path[next++], operation)) : segment.Text);
        }
        return path.ToString();
    }

    /// <summary>A path that lacks a part, or walks up, would be another request.</summary>
    private static string Given(TextMember member, Operation operation)
    {
        var text = member.Text(operation);
        return text switch
        {
            null => throw Check.Failed(member.Name, null, "Member must not be null"),
            "" => throw Check.Failed(member.Name, text, "Member must have length greater than or equal to 1"),
            "." or ".." => throw Check.Failed(member.Name, text, "Member must be a name"),
            _ => text,
        };
    }

    private string Query(Operation operation)
    {
        StringBuilder? query = null;
        foreach (var member in _query)
        {
            if (member.Text(operation) is { } text)
            {
                query = query is null ? new(64) : query.Append('&');
                query.Append(member.Name).Append('=').Append(Uri.EscapeDataString(text));
            }
        }
        return query?.ToString() ?? "";
    }

    private ReadOnlyMemory<byte>? Body(Operation operation)
    {
        if (_body.Length == 0)
        {
            return null;
        }
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, _writing))
        {
            writer.WriteStartObject();
            foreach (var member in _body)
            {
                member.Write(writer, operation);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private sealed record BodyMember(JsonEncodedText Name, Func<object, object?> Get, JsonTypeInfo Type)
    {
        public static BodyMember Of(JsonTypeInfo operation, JsonPropertyInfo property) => new(
            JsonEncodedText.Encode(property.Name),
            TextMember.Getter(property),
            operation.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));

        public void Write(Utf8JsonWriter writer, Operation operation)
        {
            if (Get(operation) is { } value)
            {
                writer.WritePropertyName(Name);
                JsonSerializer.Serialize(writer, value, Type);
            }
        }
    }
}
