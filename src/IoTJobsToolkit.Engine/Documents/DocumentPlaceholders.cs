using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IoTJobsToolkit.Engine.Documents;

/// <summary>
/// Finds and replaces the placeholders of a job document. They are recognised inside JSON string literals only, any number of them per
/// string; everything around them keeps its white space (jobs-reference 10.3).
/// </summary>
public static class DocumentPlaceholders
{
    internal const string Opening = "${aws:iot:";

    /// <summary>False: <see cref="Parse"/> would find nothing, at the price of one search.</summary>
    public static bool MayBeIn(string json) => json.Contains(Opening, StringComparison.Ordinal);

    /// <summary>The placeholders in the order of the text, those of an unknown kind included; never null.</summary>
    /// <param name="json">JSON text; where it is not valid JSON the result covers what looks like string literals.</param>
    public static FoundPlaceholders Parse(string json)
    {
        var found = new List<Placeholder>();
        int? unterminated = null;
        var inString = false;

        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case '"':
                    inString = !inString;
                    break;
                case '\\' when inString:
                    i++;
                    break;
                case '$' when inString && json.AsSpan(i).StartsWith(Opening, StringComparison.Ordinal):
                    if (ClosingBrace(json, i + 2) is { } end)
                    {
                        found.Add(Read(json, i, end));
                        i = end;
                    }
                    else
                    {
                        unterminated ??= i;
                    }

                    break;
            }
        }

        return new FoundPlaceholders(found, unterminated);
    }

    /// <summary>
    /// The text with each placeholder replaced by what <paramref name="valueOf"/> says, JSON-escaped; null leaves the placeholder in place.
    /// The same instance where nothing is replaced.
    /// </summary>
    public static string Replace(string json, Func<Placeholder, string?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        if (!MayBeIn(json))
        {
            return json;
        }

        StringBuilder? text = null;
        var copied = 0;
        foreach (var placeholder in Parse(json).Placeholders)
        {
            if (valueOf(placeholder) is not { } value)
            {
                continue;
            }

            text ??= new StringBuilder(json.Length * 2);
            text.Append(json, copied, placeholder.Start - copied).Append(Escape(value));
            copied = placeholder.Start + placeholder.Length;
        }

        return text?.Append(json, copied, json.Length - copied).ToString() ?? json;
    }

    // The relaxed encoder keeps the & of a URL as it is, which is what devices with a poor JSON reader need.
    private static string Escape(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);

    private static Placeholder Read(string json, int start, int end)
    {
        var content = Unescape(json[(start + Opening.Length)..end]);
        var colon = content.IndexOf(':', StringComparison.Ordinal);
        var (name, argument) = colon < 0 ? (content, "") : (content[..colon], content[(colon + 1)..]);
        return new Placeholder(KindOf(name), name, argument, start, end - start + 1);
    }

    private static PlaceholderKind KindOf(string name) => name switch
    {
        "s3-presigned-url" or "s3-presigned-url-v1" => PlaceholderKind.PresignedGet,
        "s3-presigned-url-v2" => PlaceholderKind.PresignedGetEncoded,
        "s3-presigned-url-upload" => PlaceholderKind.PresignedUpload,
        "package" => PlaceholderKind.Package,
        "parameter" => PlaceholderKind.Parameter,
        "code-sign-signature" => PlaceholderKind.CodeSignSignature,
        _ => PlaceholderKind.Unknown,
    };

    // Many JSON writers put https:\/\/ for https://.
    private static string Unescape(string raw)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal))
        {
            return raw;
        }

        try
        {
            using var literal = JsonDocument.Parse($"\"{raw}\"");
            return literal.RootElement.GetString()!;
        }
        catch (JsonException)
        {
            return raw;
        }
    }

    /// <summary>The brace which closes the one at <paramref name="opening"/> - 1, null where the string literal ends before it.</summary>
    private static int? ClosingBrace(string json, int opening)
    {
        var depth = 1;
        for (var i = opening; i < json.Length && json[i] != '"'; i++)
        {
            switch (json[i])
            {
                case '\\':
                    i++;
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i;
            }
        }

        return null;
    }
}

/// <summary>What <see cref="DocumentPlaceholders.Parse"/> found.</summary>
/// <param name="Placeholders">In the order of the text.</param>
/// <param name="UnterminatedAt">Index of the first placeholder without a closing brace; null where all are closed.</param>
public sealed record FoundPlaceholders(IReadOnlyList<Placeholder> Placeholders, int? UnterminatedAt);
