using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.Tests.Help;

/// <summary>The README's tour, which people type line by line.</summary>
public sealed partial class TourTests(ExampleFleet fleet) : IClassFixture<ExampleFleet>
{
    private static readonly IReadOnlyDictionary<string, string> Tour = Read();

    public static TheoryData<string> Parts { get; } = [.. Tour.Keys];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_of_the_tour_runs_without_error_or_question(string title)
    {
        var (outcome, questions) = fleet.Run(Tour[title]);

        outcome.Succeeds();
        Assert.Empty(questions);
    }

    private static Dictionary<string, string> Read()
    {
        var readme = File.ReadAllText(Path.Combine(Shell.Repository, "README.md"));
        var tour = TourSection().Match(readme).Value;
        return Part().Matches(tour).ToDictionary(part => part.Groups[1].Value, part => string.Join('\n', Code().Matches(part.Value).Select(code => code.Groups[1].Value)));
    }

    [GeneratedRegex(@"^## Tour$.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex TourSection();

    [GeneratedRegex(@"^### (.+?)$.*?(?=^### |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Part();

    [GeneratedRegex("^```powershell\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
