using System.Text.Json;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>An enum as its members' names, which are AWS's words; nothing else is read, in no other case.</summary>
internal sealed class WordsConverter<TEnum> : JsonConverter<TEnum>, IWireWords
    where TEnum : struct, Enum
{
    private readonly (TEnum Value, JsonEncodedText Word)[] _words;

    /// <param name="words">Other words than the names; the first of a value is written, all are read.</param>
    public WordsConverter(params (TEnum Value, string Word)[] words) => _words =
        [.. words.Concat(Enum.GetValues<TEnum>().Select(value => (Value: value, Word: value.ToString())))
            .Select(pair => (pair.Value, JsonEncodedText.Encode(pair.Word)))];

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(ref reader, out var value) ? value : throw new JsonException();

    /// <summary>Reads a string; false where it is none of the words.</summary>
    public bool TryRead(ref Utf8JsonReader reader, out TEnum value)
    {
        foreach (var (candidate, word) in _words)
        {
            if (reader.ValueTextEquals(word.EncodedUtf8Bytes))
            {
                value = candidate;
                return true;
            }
        }
        value = default;
        return false;
    }

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        foreach (var (candidate, word) in _words)
        {
            if (EqualityComparer<TEnum>.Default.Equals(candidate, value))
            {
                writer.WriteStringValue(word);
                return;
            }
        }
        writer.WriteStringValue(value.ToString());
    }

    public JobsException? Refusal(string field, string word) =>
        _words.Any(pair => pair.Word.Value == word) ? null : Check.NotInEnum<TEnum>(field, word);
}
