using System.Text.Json;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>CancelJob "displays no output" in dialect <c>seed</c> (C-1).</summary>
internal sealed class SilentCancelConverter : JsonConverter<CancelJobResponse>
{
    public override CancelJobResponse Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written in dialect seed and read in dialect aws.");

    public override void Write(Utf8JsonWriter writer, CancelJobResponse value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}
