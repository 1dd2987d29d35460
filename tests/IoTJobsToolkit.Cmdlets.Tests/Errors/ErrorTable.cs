using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.Tests.Errors;

/// <summary>A row of docs/errors.md.</summary>
internal sealed record DocumentedError(string Section, string Id, IReadOnlyList<string> Categories);

internal static class ErrorTable
{
    public const string Rules = "Refused by the rules of jobs";
    public const string Server = "Refused by a server before it looks at the call";

    private static readonly Regex Row = new(@"^\| (?<id>[A-Z]\w+) \| (?<categories>[\w, ]+) \| [^|]+ \| [^|]+ \|$");

    public static IReadOnlyList<DocumentedError> Rows { get; } = [.. Read()];

    private static IEnumerable<DocumentedError> Read()
    {
        var section = "";
        foreach (var line in File.ReadLines(Path.Combine(Shell.Repository, "docs", "errors.md")))
        {
            section = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : section;
            if (Row.Match(line) is { Success: true } row && row.Groups["id"].Value != "Id")
            {
                yield return new(section, row.Groups["id"].Value, row.Groups["categories"].Value.Split(", "));
            }
        }
    }
}
