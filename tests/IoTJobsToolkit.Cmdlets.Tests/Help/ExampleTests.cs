namespace IoTJobsToolkit.Cmdlets.Tests.Help;

public sealed class ExampleTests(ExampleFleet fleet) : IClassFixture<ExampleFleet>
{
    public static TheoryData<string, string> Examples { get; } = [.. HelpPages.Examples.Select(example => (example.Page, example.Title))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_the_help_runs_without_error_or_question(string page, string title)
    {
        var script = HelpPages.Examples.First(example => example.Page == page && example.Title == title).Script;

        var (outcome, questions) = fleet.Run(script);

        outcome.Succeeds();
        Assert.Empty(questions);
    }

    [Fact]
    public void Every_example_begins_with_the_same_fleet()
    {
        fleet.Run("Get-IoTJob * | Remove-IoTJob -Force; Set-Content fw.json '{}'").Outcome.Succeeds();

        var (outcome, _) = fleet.Run("(Get-IoTJob * | Sort-Object JobId | ForEach-Object { \"$($_.JobId) $($_.Status)\" }) -join ', '; Get-Content fw.json");

        Assert.Equal("agent IN_PROGRESS, cfg-1 COMPLETED, fw-6 CANCELED, fw-7 IN_PROGRESS", outcome.Succeeds().Text[0]);
        Assert.Contains("install", outcome.Text[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_an_example_is_seen()
    {
        var (outcome, _) = fleet.Run("Get-IoTJob no-such-job");

        outcome.Fails("ResourceNotFoundException");
    }
}
