namespace IoTJobsToolkit.Cmdlets.Tests.Help;

public sealed class TopicTests : IDisposable
{
    private readonly Shell _shell = new();

    public static TheoryData<string> Topics { get; } = [.. HelpPages.Topics];

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Topics))]
    public void Get_Help_shows_the_topic(string topic)
    {
        var text = (string)_shell.One($"Get-Help {topic} | Out-String -Width 80").ToString();

        Assert.Contains(topic, text, StringComparison.Ordinal);
        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.Ordinal);
        Assert.DoesNotContain("```", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public void Get_Help_lists_all_topics_with_what_they_are_about()
    {
        var topics = _shell.Run("Get-Help about_IoTJobs* | ForEach-Object { \"$($_.Name): $($_.Synopsis)\" }").Succeeds().Text;

        Assert.Equal(HelpPages.Topics.Order(StringComparer.Ordinal), topics.Select(topic => topic.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.All(topics, topic => Assert.True(topic.TrimEnd().Split(": ", 2).ElementAtOrDefault(1)?.Length > 10, topic));
    }

    [Fact]
    public void The_topics_are_those_that_the_module_promises() => Assert.Equal(
        [
            "about_IoTJobsAborts", "about_IoTJobsAwsCompatibility", "about_IoTJobsConnections", "about_IoTJobsEmulator", "about_IoTJobsPresignedUrls",
            "about_IoTJobsRollouts", "about_IoTJobsSchedules", "about_IoTJobsToolkit",
        ],
        HelpPages.Topics.Order(StringComparer.Ordinal));
}
