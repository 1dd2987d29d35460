using System.Text.RegularExpressions;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Tests.SideBySide;

/// <summary>Clients that know AWS alone cannot tell whether the toolkit's features are in use beside them.</summary>
public sealed partial class SideBySideTests
{
    [Theory]
    [InlineData(Dialect.Aws)]
    [InlineData(Dialect.Seed)]
    public async Task Every_answer_and_event_of_AWS_is_the_same_to_the_byte_whether_or_not_features_are_in_use(Dialect dialect)
    {
        var (plain, plainEvents) = await ToldAsync(dialect, featured: false);
        var (featured, featuredEvents) = await ToldAsync(dialect, featured: true);

        foreach (var (expected, found) in plain.Said.Zip(featured.Said))
        {
            Assert.Equal(expected, found);
        }
        Assert.Equal(plain.Said.Count, featured.Said.Count);
        Assert.Equal(plainEvents, featuredEvents);
        Assert.NotEmpty(plainEvents);
        Assert.Equal(Features.Asides.Select(aside => aside.Request).Distinct().Order(), featured.Accepted.Order());
    }

    [Fact]
    public async Task The_story_asks_for_every_operation_of_AWS()
    {
        var (told, _) = await ToldAsync(Dialect.Aws, featured: false);

        // Over MQTT, where the answers are compared as well.
        string[] published = ["StartNextPendingJobExecution", "UpdateJobExecution"];
        Assert.Empty(Routes.All.Where(route => !route.IsExtension && !told.Asked.Contains(route))
            .Select(route => route.Operation).Except(published));
    }

    private static async Task<(Conversation Told, List<string> Events)> ToldAsync(Dialect dialect, bool featured)
    {
        using var wire = new WireConversation(dialect);
        var told = new Conversation(wire, featured);
        using var feed = wire.Listen();
        await new Story(told).RunAsync();
        Assert.Empty(wire.Faults);
        return (told, [.. (await wire.Published(feed)).Select(message => $"{message.Topic} {EventId().Replace(message.Payload, "ID")}")]);
    }

    /// <summary>A name of the event and no more, made of a serial number which counts records of the toolkit's audit trail too.</summary>
    [GeneratedRegex("(?<=\"eventId\":\")[0-9a-f-]{36}")]
    private static partial Regex EventId();
}
