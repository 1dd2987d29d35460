using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>Where a text stops being JSON.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Index">Of the place in the text.</param>
public sealed partial record JsonPlace(int Line, int Column, int Index, string Problem)
{
    private const int Depth = 1024;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, NewLine = "\n", MaxDepth = Depth, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Sentence => $"Line {Line}, column {Column}: {Problem}";

    /// <summary>Null for JSON.</summary>
    public static JsonPlace? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var parsed = JsonDocument.Parse(text, new() { MaxDepth = Depth });
            return null;
        }
        catch (JsonException error)
        {
            return At(text, (int)(error.LineNumber ?? 0), (int)(error.BytePositionInLine ?? 0), Tail().Replace(error.Message, ""));
        }
        catch (ArgumentException)
        {
            return new(1, 1, 0, "it holds half a surrogate pair.");
        }
    }

    /// <summary>The same JSON over lines; null where it is none.</summary>
    public static string? Format(string text)
    {
        if (Find(text) is not null)
        {
            return null;
        }
        using var parsed = JsonDocument.Parse(text, new() { MaxDepth = Depth });
        return JsonSerializer.Serialize(parsed.RootElement, Indented);
    }

    /// <summary>The reader counts bytes, and lines by their line feeds; people count characters.</summary>
    private static JsonPlace At(string text, int line, int bytes, string problem)
    {
        var start = 0;
        for (var i = 0; i < line; i++)
        {
            start = text.IndexOf('\n', start) + 1;
        }
        var (index, column) = (start, 1);
        while (bytes > 0 && index < text.Length && Rune.TryGetRuneAt(text, index, out var rune))
        {
            bytes -= rune.Utf8SequenceLength;
            index += rune.Utf16SequenceLength;
            column++;
        }
        return new(line + 1, column, index, problem);
    }

    [GeneratedRegex(@"(?: Path: .*?)?(?: \||) ?LineNumber: .*$", RegexOptions.Singleline)]
    private static partial Regex Tail();
}
