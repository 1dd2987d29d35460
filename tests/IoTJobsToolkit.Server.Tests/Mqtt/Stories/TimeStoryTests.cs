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
    [InlineData("AWS SDK, certificate", "sdk")]
    [InlineData("MQTT.js, 5, certificate", "js")]
    public async Task Time_runs_out_for_a_device(string way, string name)
    {
        await using var server = await ApiServer.StartNowAsync(new InMemoryJobsStore(), "--Jobs:DevicePort=auto", "--Mqtt:Port=auto", "--Mqtt:TlsPort=auto");
        var story = new StoryServer(server.Operator(), server.Key)
        {
            DatabasePath = server.DatabasePath,
            Endpoint = server.Endpoint,
            Devices = server.DeviceEndpoint,
            TlsPort = new Uri(server.Services.GetRequiredService<MqttListener>().Addresses[0]).Port,
            PlainPort = server.Services.GetRequiredService<PlainListener>().Address!.Port,
        };

        await story.TellAsync("story.mjs", "aws-iot-device-sdk", name, Move, ("STORY", DeviceStoryTests.OfTime), ("WAY", way));

        bool Move(string line)
        {
            if (!line.StartsWith(Advance, StringComparison.Ordinal))
            {
                return false;
            }
            server.Clock.Advance(TimeSpan.FromSeconds(double.Parse(line[Advance.Length..], CultureInfo.InvariantCulture)));
            return true;
        }
    }
}
