using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Server.Tests.Boundaries;

/// <summary>Texts just inside and just outside of a string shape's length, pattern and words.</summary>
internal static class TextBoundary
{
    public static IEnumerable<(string Value, bool Fits)> Of(JsonNode shape)
    {
        if (shape["enum"] is JsonArray words)
        {
            return [.. words.Select(word => ((string)word!, true)), (((string)words[0]!).ToLowerInvariant(), false), ((string)words[0]! + "S", false), ("", false), ("0", false)];
        }
        var (min, max) = ((int?)shape["min"] ?? 0, (int?)shape["max"]);
        var pattern = ModelPattern.Of((string?)shape["pattern"]);
        return [.. Lengths(min, max, pattern), .. (pattern is null ? [] : ModelPattern.Tried(min, max ?? int.MaxValue)).Select(text => (text, pattern!.Matches(text)))];
    }

    private static IEnumerable<(string, bool)> Lengths(int min, int? max, ModelPattern? pattern)
    {
        if (min > 0)
        {
            yield return (Text(min - 1, pattern), false);
        }
        if (pattern is null || pattern.OfLength(Math.Max(min, 1)) is not null)
        {
            yield return (Text(Math.Max(min, 1), pattern), true);
        }
        if (min == 0)
        {
            yield return ("", pattern?.Matches("") ?? true);
        }
        if (max is { } longest)
        {
            yield return (Text(longest, pattern), true);
            yield return (Text(longest + 1, pattern), false);
        }
    }

    private static string Text(int length, ModelPattern? pattern) => pattern?.OfLength(length) ?? new string('a', length);
}
