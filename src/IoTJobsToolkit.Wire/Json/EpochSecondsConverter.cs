using System.Text.Json;
using System.Text.Json.Serialization;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>A time of the control plane: seconds since 1970, with up to three decimals.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTimeOffset>
{
    private const decimal First = -62_135_596_800; // The year 1.
    private const decimal Last = 253_402_300_799; // The end of the year 9999.

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var seconds) && IsTime(seconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)decimal.Round(seconds * 1000))
            : throw new JsonException();

    public static bool IsTime(decimal seconds) => seconds is >= First and <= Last;

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        var milliseconds = value.ToUnixTimeMilliseconds();
        if (milliseconds % 1000 == 0)
        {
            writer.WriteNumberValue(milliseconds / 1000);
        }
        else
        {
            writer.WriteNumberValue(milliseconds / 1000m);
        }
    }
}
