using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Wire.Requests;

/// <summary>
/// Makes an operation of path, query and body: they are joined to one JSON object, in which members of the path and the query count
/// only from there (http-api 4), and that is read as the operation's record.
/// </summary>
internal sealed class RequestBinder
{
    private readonly Route _route;
    private readonly JsonTypeInfo _type;
    private readonly TextMember[] _path;
    private readonly TextMember[] _query;

    public RequestBinder(Route route, JsonTypeInfo type)
    {
        _route = route;
        _type = type;
        _path = [.. route.PathMembers.Select(name => TextMember.Of(type, name))];
        _query = [.. route.QueryMembers.Select(name => TextMember.Of(type, name))];
    }

    public object Bind(RequestParts request)
    {
        var buffer = new ArrayBufferWriter<byte>(request.Body.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true }))
        {
            writer.WriteStartObject();
            for (var i = 0; i < _path.Length; i++)
            {
                _path[i].Write(writer, NoDots(_path[i], request.PathValues[i]));
            }
            WriteBody(writer, request.Body.Span, WriteQuery(writer, request.Query));
            writer.WriteEndObject();
        }
        try
        {
            return JsonSerializer.Deserialize(buffer.WrittenSpan, _type)!;
        }
        catch (JsonException exception)
        {
            throw Misfit.Find(buffer.WrittenMemory, _type, exception);
        }
    }

    /// <summary>A signature covers the path that dots lead to, not the one that is asked for: no name consists of them.</summary>
    private static string NoDots(TextMember member, string value) => value is not ("." or "..")
        ? value
        : throw Check.Failed(member.Name, value, "Member must not be . or .., which mean another path");

    /// <summary>Returns which query members were given, as bits.</summary>
    private uint WriteQuery(Utf8JsonWriter writer, string query)
    {
        var given = 0u;
        foreach (var (name, value) in RequestQuery.Read(query))
        {
            var index = Array.FindIndex(_query, member => member.Name == name);
            if (index < 0)
            {
                throw RequestQuery.Unknown(_route, name);
            }
            if ((given & 1u << index) != 0)
            {
                throw RequestQuery.Repeated(name);
            }
            given |= 1u << index;
            _query[index].Write(writer, value);
        }
        return given;
    }

    private void WriteBody(Utf8JsonWriter writer, ReadOnlySpan<byte> body, uint queryGiven)
    {
        if (body.IsEmpty)
        {
            return;
        }
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw JobsException.InvalidRequest($"The body must be a JSON object; it is {Describe(reader.TokenType)}.");
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = CountsInBody(ref reader, queryGiven) ? reader.GetString() : null;
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (name is not null)
                {
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(body[start..(int)reader.BytesConsumed], skipInputValidation: true);
                }
            }
            reader.Read(); // Refuses what follows the object.
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw JobsException.InvalidRequest($"The body is not valid JSON: {exception.Message}");
        }
    }

    private bool CountsInBody(ref Utf8JsonReader reader, uint queryGiven)
    {
        foreach (var member in _path)
        {
            if (reader.ValueTextEquals(member.Utf8Name))
            {
                return false;
            }
        }
        for (var i = 0; i < _query.Length; i++)
        {
            if (reader.ValueTextEquals(_query[i].Utf8Name))
            {
                return _query[i].Name == _route.AlsoInBody && (queryGiven & 1u << i) == 0;
            }
        }
        return true;
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
