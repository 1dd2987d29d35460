using IoTJobsToolkit.Server.Tests.Sdk;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Stories;

/// <summary>What devices live through, told by clients that people use with AWS IoT, as they come from their makers (tests/node/mqtt).</summary>
public sealed class DeviceStoryTests(StoryPortal portal) : IClassFixture<StoryPortal>
{
    private const string DeviceSdk = "aws-iot-device-sdk";

    /// <summary>It needs a clock that the test moves.</summary>
    public const string OfTime = "timers-and-retry";

    private static readonly string[] Ways = ["AWS SDK, certificate", "MQTT.js, 3.1.1, token", "MQTT.js, 5, certificate"];

    public static TheoryData<string, string> Stories => new(
        from story in Directory.EnumerateFiles(Path.Combine(NodeScript.Folder, "mqtt", "stories"), "*.mjs").Select(Path.GetFileNameWithoutExtension).Order()
        where story != OfTime
        from way in Ways
        select (story, way));

    [Theory]
    [MemberData(nameof(Stories))]
    public Task A_device_lives_through_the_story(string story, string way) =>
        portal.Server.TellAsync("story.mjs", DeviceSdk, $"{story}-{Array.IndexOf(Ways, way)}", null, ("STORY", story), ("WAY", way));

    [Theory]
    [InlineData("AWS SDK, certificate, ALPN", "alpn")]
    [InlineData("AWS SDK, signed WebSocket", "wss")]
    public Task A_device_gets_through_where_only_HTTPS_is_let_through(string way, string name) =>
        portal.Server.TellAsync("story.mjs", DeviceSdk, name, null, ("STORY", "progress-and-success"), ("WAY", way));

    [Theory]
    [InlineData("jobs-example")]
    [InlineData("jobs-agent")]
    public Task The_example_that_comes_with_AWSs_device_SDK_works_as_it_is(string example) =>
        portal.Server.TellAsync($"{example}.mjs", DeviceSdk, example);

    [Theory]
    [InlineData("311")]
    [InlineData("5")]
    public Task The_jobs_client_of_AWSs_device_SDK_v2_works(string version) =>
        portal.Server.TellAsync("device-sdk-v2.mjs", "aws-iot-device-sdk-v2", $"v2-{version}", null, ("VERSION", version));
}
