using System.Text.Encodings.Web;
using System.Text.Json;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>A job document as people read it: indented, cut where its placeholders begin and end.</summary>
public static class DocumentText
{
    private const int MostDepth = 1000;

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        MaxDepth = MostDepth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // It is shown as text, which Razor encodes.
    };

    public static string Indented(string document)
    {
        using var parsed = JsonDocument.Parse(document, new() { MaxDepth = MostDepth });
        return JsonSerializer.Serialize(parsed.RootElement, Readable);
    }

    /// <summary>The text in order, in parts which are one placeholder or hold none.</summary>
    public static IReadOnlyList<(string Text, bool IsPlaceholder)> Parts(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<(string, bool)>();
        var done = 0;
        foreach (var placeholder in DocumentPlaceholders.Parse(text).Placeholders)
        {
            if (placeholder.Start > done)
            {
                parts.Add((text[done..placeholder.Start], false));
            }
            done = placeholder.Start + placeholder.Length;
            parts.Add((text[placeholder.Start..done], true));
        }
        if (done < text.Length)
        {
            parts.Add((text[done..], false));
        }
        return parts;
    }
}
