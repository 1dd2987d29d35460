using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Jobs;

/// <summary>With answers that the test gives.</summary>
public sealed class OrderTests : BrokerTest
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _asked = new();

    private protected override Task<BrokerServer> StartAsync() => BrokerServer.StartAsync(services => services.AddSingleton<AnswerRequest>(async (_, topic, _) =>
    {
        await _asked.GetOrAdd(topic, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        return new MqttMessage($"{topic}/accepted", "{}"u8.ToArray());
    }));

    public override async ValueTask DisposeAsync()
    {
        foreach (var (_, asked) in _asked)
        {
            asked.TrySetResult();
        }
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_thing_is_told_after_the_answers_to_what_was_asked_before_and_not_after_those_to_what_is_asked_later()
    {
        var client = await Server.ConnectAsync("T");
        await client.SubscribeAsync("$aws/things/T/jobs/#");
        await client.PublishAsync("$aws/things/T/jobs/1/get");
        Tell("T");
        await client.PublishAsync("$aws/things/T/jobs/2/get");

        Answer("$aws/things/T/jobs/1/get");

        Assert.Equal(["1/get/accepted", "notify", "notify-next"], await NextAsync(client, 3));
        Answer("$aws/things/T/jobs/2/get");
        Assert.Equal(["2/get/accepted"], await NextAsync(client, 1));
    }

    [Fact]
    public async Task What_is_told_to_one_thing_does_not_wait_for_another()
    {
        var (client, other) = (await Server.ConnectAsync("T"), await Server.ConnectAsync("U"));
        await other.SubscribeAsync("$aws/things/U/jobs/#");
        await client.PublishAsync("$aws/things/T/jobs/1/get");

        Tell("U");

        Assert.Equal(["notify", "notify-next"], await NextAsync(other, 2));
    }

    [Fact]
    public async Task A_request_that_takes_its_time_does_not_keep_the_next_one()
    {
        var client = await Server.ConnectAsync("T");
        await client.PublishAsync("$aws/things/T/jobs/1/get");
        await client.PublishAsync("$aws/things/T/jobs/2/get");

        Answer("$aws/things/T/jobs/2/get");

        Assert.Equal(["2/get/accepted"], await NextAsync(client, 1));
    }

    [Fact]
    public async Task AServer_that_stops_answers_what_was_asked_and_says_goodbye()
    {
        const string topic = "$aws/things/T/jobs/1/get";
        using var raw = new TcpClient("127.0.0.1", Server.Port); // The library's client drops what it has received when it reads the goodbye.
        var stream = raw.GetStream();
        await stream.WriteAsync((byte[])[0x10, 17, 0, 4, .. "MQTT"u8, 5, 0x82, 0, 60, 0, 0, 1, (byte)'T', 0, 1, (byte)'T'], TestContext.Current.CancellationToken);
        await stream.WriteAsync((byte[])[0x32, (byte)(topic.Length + 5), 0, (byte)topic.Length, .. Encoding.ASCII.GetBytes(topic), 0, 9, 0], TestContext.Current.CancellationToken);
        using var received = new MemoryStream();
        while (!received.ToArray().AsSpan().EndsWith((byte[])[0x40, 2, 0, 9]))
        {
            var one = new byte[1];
            await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
            received.Write(one);
        }

        var stopping = Server.Api.BeginStop();
        Answer(topic);
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest, TestContext.Current.CancellationToken);
        await stopping;

        Assert.Equal((byte[])[0x30, .. rest.ToArray().AsSpan(1, rest.ToArray().Length - 5), 0xE0, 2, 0x8B, 0], rest.ToArray());
        Assert.Contains($"{topic}/accepted", Encoding.ASCII.GetString(rest.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thing_that_is_away_is_told_when_it_comes_back()
    {
        var client = Server.Client("T");
        client.Options.WithCleanStart(false).WithSessionExpiryInterval(3600);
        await client.ConnectAsync();
        await client.SubscribeAsync("$aws/things/T/jobs/notify");
        client.Break();
        Tell("T");

        var again = Server.Client("T");
        again.Options.WithCleanStart(false).WithSessionExpiryInterval(3600);
        await again.ConnectAsync();

        Assert.Equal(["notify"], await NextAsync(again, 1));
    }

    [Fact]
    public async Task A_thing_is_heard_while_a_session_waits_for_its_notices()
    {
        var audience = Server.Get<ThingAudience>();
        var client = await Server.ConnectAsync("T");
        Assert.False(audience.IsHeard("T"));

        await client.SubscribeAsync("$aws/things/T/jobs/notify-next");
        Assert.Equal((true, false), (audience.IsHeard("T"), audience.IsHeard("U")));
        await client.UnsubscribeAsync("$aws/things/T/jobs/notify-next");

        Assert.False(audience.IsHeard("T"));
    }

    [Fact]
    public async Task Whoever_may_have_missed_something_is_told_how_things_are()
    {
        await Server.Api.CreateJob("J", "T");
        var client = await Server.ConnectAsync("T");
        await client.SubscribeAsync("$aws/things/T/jobs/notify");
        await client.SubscribeAsync("$aws/things/T/jobs/notify-next");

        await Server.Get<Notifier>().TellAnewAsync(CancellationToken.None);

        Assert.Contains("\"jobId\":\"J\"", await client.NextTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("$aws/things/T/jobs/notify-next", await client.NextTextAsync(), StringComparison.Ordinal);
    }

    private void Tell(string thing) => Server.Get<Notifier>().Tell(
        new PendingChanged(Server.Api.Clock.GetUtcNow(), thing, null) { Pending = new([], []), IsNextChanged = true });

    private void Answer(string topic) => _asked.GetOrAdd(topic, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private static async Task<string[]> NextAsync(TestClient client, int count)
    {
        var topics = new string[count];
        for (var i = 0; i < count; i++)
        {
            topics[i] = (await client.NextAsync()).Topic.Split("/jobs/")[1];
        }
        return topics;
    }
}
