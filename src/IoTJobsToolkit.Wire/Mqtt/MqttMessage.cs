using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>What is sent to whoever is there to hear it.</summary>
/// <param name="Payload">JSON in UTF-8.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    private const int FirstRoom = 1024;

    // Messages with a document are a few; the rest is small.
    private const int MostRoomKept = 16 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? _kept;

    /// <summary>A message whose payload is a JSON object.</summary>
    internal static MqttMessage Write<T>(string topic, T content, Action<Utf8JsonWriter, T> members)
    {
        var (buffer, json) = Take();
        json.WriteStartObject();
        members(json, content);
        json.WriteEndObject();
        json.Flush();
        var message = new MqttMessage(topic, buffer.WrittenSpan.ToArray());
        if (buffer.Capacity <= MostRoomKept)
        {
            _kept = (buffer, json);
        }
        return message;
    }

    /// <summary>Whoever takes them has them for himself until they are kept again: what fails in between leaves nothing behind.</summary>
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Take()
    {
        if (_kept is not { } kept)
        {
            var buffer = new ArrayBufferWriter<byte>(FirstRoom);
            return (buffer, new(buffer, Options));
        }
        _kept = null;
        kept.Buffer.ResetWrittenCount();
        kept.Json.Reset(kept.Buffer);
        return kept;
    }
}
