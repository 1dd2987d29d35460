using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Server.Tests.Boundaries;

/// <summary>A pattern of the model in .NET's words, matched over the whole value: the Java classes mean ASCII there (http-api 4).</summary>
internal sealed class ModelPattern
{
    /// <summary>What is tried against every pattern: letters and digits of several scripts, what separates names, what cannot be seen.</summary>
    private static readonly string[] Candidates =
    [
        "a", "Z", "7", "_", "-", ":", ".", ",", "@", "/", "#", "=", "+", "[", "]", "~", "!", "$next", "$last", "a b", " ", "a\n", "\na", "a\tb",
        "ä", "中", "\u0663", "\uFF21", "\u00A0", "\u2028", "\u200B", "\u0000", "\u007F", "\uE000", "\u0378", "arn:", "arn:a", "1.0", "0.1", "1x2",
    ];

    private static readonly string[] Fillers = ["a", "A", "1"];

    private readonly Regex _regex;

    private ModelPattern(string pattern) => _regex = new(
        $@"\A(?:{pattern.Replace(@"\p{Upper}", "A-Z", StringComparison.Ordinal).Replace(@"\p{Digit}", "0-9", StringComparison.Ordinal)
            .Replace(@"\p{Graph}", "!-~", StringComparison.Ordinal)})\z",
        RegexOptions.CultureInvariant);

    public static ModelPattern? Of(string? pattern) => pattern is null ? null : new(pattern);

    public bool Matches(string text) => _regex.IsMatch(text);

    public static IEnumerable<string> Tried(int min, int max) => Candidates.Where(text => text.Length >= min && text.Length <= max);

    /// <summary>A value of exactly this length which matches; null where there is none.</summary>
    public string? OfLength(int length) => Fillers.Select(filler => string.Concat(Enumerable.Repeat(filler, length)))
        .Concat(Fillers.Where(_ => length > 4).Select(filler => "arn:" + string.Concat(Enumerable.Repeat(filler, length - 4))))
        .FirstOrDefault(Matches);
}
