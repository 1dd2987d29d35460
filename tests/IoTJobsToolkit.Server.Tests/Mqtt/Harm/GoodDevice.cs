using System.Diagnostics;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Harm;

/// <summary>A device that does nothing wrong, and knows how long it waits for its answers.</summary>
internal sealed class GoodDevice(TestClient client, string thing) : IDisposable
{
    /// <summary>Of what it asks in a row.</summary>
    private const int Least = 40;

    /// <summary>Slower than the service has it, that it waits for answers alone.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(15);

    private int _asked;

    public static async Task<GoodDevice> ConnectAsync(int port, string thing, string token)
    {
        var client = new TestClient(port, thing, MqttProtocolVersion.V500);
        client.Options.WithCredentials(thing, token);
        await client.ConnectAsync();
        return new(client, thing);
    }

    /// <summary>Half of its answers come sooner than that, while <paramref name="beside"/> goes on; every one comes.</summary>
    public async Task<TimeSpan> MedianAsync(Task beside)
    {
        using var pace = new PeriodicTimer(Pace);
        List<TimeSpan> waits = [];
        while (!beside.IsCompleted || waits.Count < Least)
        {
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            waits.Add(await AskAsync());
        }
        await beside;
        waits.Sort();
        return waits[waits.Count / 2];
    }

    public async Task<TimeSpan> AskAsync()
    {
        var token = $"{thing}-{++_asked}";
        var watch = Stopwatch.StartNew();
        await client.PublishAsync($"$aws/things/{thing}/jobs/get", $$"""{"clientToken":"{{token}}"}""", MqttQualityOfServiceLevel.AtMostOnce);
        var answer = await client.NextTextAsync();
        watch.Stop();
        Assert.StartsWith($"$aws/things/{thing}/jobs/get/accepted", answer, StringComparison.Ordinal);
        Assert.Contains($"\"clientToken\":\"{token}\"", answer, StringComparison.Ordinal);
        return watch.Elapsed;
    }

    public void Dispose() => client.Dispose();
}
