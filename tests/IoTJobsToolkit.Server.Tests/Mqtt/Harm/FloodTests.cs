using System.Diagnostics;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Harm;

/// <summary>A device that sends more than it may, or takes nothing, or comes and goes, harms nobody else.</summary>
[Collection(Alone.Name)]
public sealed class FloodTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    private static readonly byte[] Request = Packets.Publish("$aws/things/bad/jobs/get", "{}");
    private static readonly byte[] RequestOfDocument = Packets.Publish("$aws/things/bad/jobs/$next/get", "{}");

    [Theory]
    [InlineData("aws")]
    [InlineData("none")]
    public async Task A_thousand_requests_a_second(string limits)
    {
        await using var portal = await HarmedPortal.StartAsync($"--Jobs:Limits={limits}");

        await portal.BearsAsync(async end =>
        {
            using var device = await portal.ConnectAsync("fast");
            device.Drain();
            using var time = Time(end);
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            byte[] ten = [.. Enumerable.Repeat(Request, 10).SelectMany(one => one)];
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < Duration && await device.SendAsync(ten, time.Token);)
            {
                await pace.WaitForNextTickAsync(end);
            }
        });
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("none")]
    public async Task As_many_requests_as_go_out_and_no_answer_read(string limits)
    {
        await using var portal = await HarmedPortal.StartAsync($"--Jobs:Limits={limits}");

        await portal.BearsAsync(async end =>
        {
            using var time = Time(end);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
            {
                using var device = await portal.ConnectAsync($"deaf-{number}");
                while (await device.SendAsync(RequestOfDocument, time.Token))
                {
                }
            }));
        });
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("none")]
    public async Task Thousands_of_subscriptions(string limits)
    {
        await using var portal = await HarmedPortal.StartAsync($"--Jobs:Limits={limits}");

        await portal.BearsAsync(async end =>
        {
            using var time = Time(end);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
            {
                using var device = await portal.ConnectAsync($"subscriber-{number}");
                device.Drain();
                for (var i = 0; i < 5_000 && await device.SendAsync(Packets.Subscribe(i, $"$aws/things/bad/jobs/{i}/+", $"$aws/things/bad/jobs/{i}/get/+"), time.Token); i++)
                {
                }
            }));
        });
    }

    [Fact]
    public async Task Hundreds_of_connections_that_never_say_who_they_are()
    {
        await using var portal = await HarmedPortal.StartAsync();

        await portal.BearsAsync(async end =>
        {
            List<RawDevice> open = [];
            for (var i = 0; i < 600; i++)
            {
                var device = await RawDevice.OpenAsync(portal.Port);
                open.Add(device);
                await device.SendAsync(Packets.Connect($"half-{i}", portal.Token)[..(i % 20)], end);
            }
            using var late = await portal.ConnectAsync("late");
            open.ForEach(device => device.Dispose());
        });
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_storm_of_connections_with_one_client_id(byte version)
    {
        await using var portal = await HarmedPortal.StartAsync();

        await portal.BearsAsync(async end =>
        {
            using var time = Time(end);
            var count = 0;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
            {
                while (!time.IsCancellationRequested)
                {
                    using var device = await RawDevice.OpenAsync(portal.Port);
                    await device.SendAsync([.. Packets.Connect("storm", portal.Token, version), .. Packets.Packet(0xC0, [])], time.Token);
                    if (Interlocked.Increment(ref count) % 2 == 0)
                    {
                        await device.SendAsync([0xE0, 0], time.Token); // Says goodbye, and is often taken over before.
                    }
                }
            }));
            TestContext.Current.TestOutputHelper?.WriteLine($"{count} connections");
        });
    }

    private static CancellationTokenSource Time(CancellationToken end)
    {
        var time = CancellationTokenSource.CreateLinkedTokenSource(end);
        time.CancelAfter(Duration);
        return time;
    }
}
