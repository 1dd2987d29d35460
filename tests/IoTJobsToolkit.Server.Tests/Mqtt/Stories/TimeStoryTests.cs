using System.Globalization;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Stories;

/// <summary>The story that takes minutes, with a server whose clock it moves by itself.</summary>
public sealed class TimeStoryTests
{
    private const string Advance = "advance ";

    [Theory]
    [InlineData("AWS SDK, certificate", "sdk", "system")]
    [InlineData("MQTT.js, 5, certificate", "js", "system")]
    [InlineData("AWS SDK, certificate", "sdk-virtual", "virtual")]
    public async Task Time_runs_out_for_a_device(string way, string name, string kind)
    {
        await using var server = await ApiServer.StartNowAsync(
            new InMemoryJobsStore(), "--Jobs:DevicePort=auto", "--Mqtt:Port=auto", "--Mqtt:TlsPort=auto", $"--Jobs:Clock={kind}");
        var story = new StoryServer(server.Operator(), server.Key)
        {
            DatabasePath = server.DatabasePath,
            Endpoint = server.Endpoint,
            Devices = server.DeviceEndpoint,
            TlsPort = new Uri(server.Services.GetRequiredService<MqttListener>().Addresses[0]).Port,
            PlainPort = server.Services.GetRequiredService<PlainListener>().Address!.Port,
        };

        await story.TellAsync("story.mjs", "aws-iot-device-sdk", name, Move, ("STORY", DeviceStoryTests.OfTime), ("WAY", way));

        string Later(double seconds) =>
            (server.Engine.Time.AddSeconds(seconds).ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);

        bool Move(string line)
        {
            if (!line.StartsWith(Advance, StringComparison.Ordinal))
            {
                return false;
            }
            var seconds = double.Parse(line[Advance.Length..], CultureInfo.InvariantCulture);
            if (kind == "virtual")
            {
                // As an operator does it: the real clock stands still.
                _ = server.Control("PUT /toolkit/clock", $$"""{"time":{{Later(seconds)}}}""");
            }
            else
            {
                server.Clock.Advance(TimeSpan.FromSeconds(seconds));
            }
            return true;
        }
    }
}
