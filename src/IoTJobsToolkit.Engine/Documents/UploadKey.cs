using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Engine.Documents;

/// <summary>The local names <c>${thingName}</c>, <c>${jobId}</c> and <c>${executionNumber}</c> in an upload key (jobs-reference 10.3).</summary>
internal static partial class UploadKey
{
    private const int MaxOfOneName = 2;

    // What the server makes up where the placeholder names no key: one object per execution, as a listing sorts them best.
    private const string Default = "${thingName}/${jobId}/${executionNumber}";

    private static readonly string[] Names = ["thingName", "jobId", "executionNumber"];

    /// <summary>What is wrong with the key, null where nothing is.</summary>
    public static string? Check(string key, Placeholder placeholder)
    {
        var used = LocalName().Matches(key).Select(match => match.Groups["name"].Value).ToList();

        if (used.Find(name => !Names.Contains(name)) is { } unknown)
        {
            return $"${{{unknown}}} in {placeholder} is not a local name: an upload key may hold ${{thingName}}, ${{jobId}} and ${{executionNumber}}";
        }

        return Names.FirstOrDefault(name => used.Count(name.Equals) > MaxOfOneName) is { } often
            ? $"${{{often}}} stands {used.Count(often.Equals)} times in {placeholder}: an upload key may hold each local name at most twice"
            : null;
    }

    /// <summary>The first local name in <paramref name="text"/> as written, null where there is none.</summary>
    public static string? FirstIn(string text) =>
        LocalName().Matches(text).FirstOrDefault(match => Names.Contains(match.Groups["name"].Value))?.Value;

    public static string Fill(string key, DeliveryContext context) => (key.Length == 0 ? Default : key)
        .Replace("${thingName}", context.ThingName, StringComparison.Ordinal)
        .Replace("${jobId}", context.JobId, StringComparison.Ordinal)
        .Replace("${executionNumber}", $"{context.ExecutionNumber}", StringComparison.Ordinal);

    [GeneratedRegex(@"\$\{(?<name>[^{}]*)\}")]
    private static partial Regex LocalName();
}
