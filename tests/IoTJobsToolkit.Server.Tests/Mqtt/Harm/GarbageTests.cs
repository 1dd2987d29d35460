namespace IoTJobsToolkit.Server.Tests.Mqtt.Harm;

/// <summary>A device that sends what is no MQTT, or no sense, harms nobody else.</summary>
[Collection(Alone.Name)]
public sealed class GarbageTests : IAsyncLifetime
{
    private const int Seed = 20_261;

    private HarmedPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await HarmedPortal.StartAsync("--Jobs:Limits=none");

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public Task Random_bytes_instead_of_a_beginning() => _portal.BearsAsync(async end =>
    {
        var random = new Random(Seed);
        for (var i = 0; i < 240; i++)
        {
            using var device = await RawDevice.OpenAsync(_portal.Port);
            await device.SendAsync(Bytes(random, 4_096), end);
        }
    });

    [Fact]
    public Task Random_bytes_after_a_good_beginning() => _portal.BearsAsync(async end =>
    {
        var random = new Random(Seed);
        for (var i = 0; i < 200; i++)
        {
            using var device = await _portal.ConnectAsync($"random-{i}", (byte)(4 + i % 2));
            await device.SendAsync(Bytes(random, 4_096), end);
        }
    });

    [Fact]
    public Task Packets_of_every_kind_with_random_bytes_in_them() => _portal.BearsAsync(async end =>
    {
        var random = new Random(Seed);
        for (var i = 0; i < 320; i++)
        {
            using var device = await _portal.ConnectAsync($"kind-{i}", (byte)(4 + i / 16 % 2));
            await device.SendAsync(Packets.Packet((byte)(i << 4 | random.Next(16)), Bytes(random, 64)), end);
            await device.SendAsync(Packets.Packet((byte)(i << 4 | random.Next(16)), []), end);
        }
    });

    [Fact]
    public Task Good_packets_that_are_cut_off_or_have_a_byte_changed() => _portal.BearsAsync(async end =>
    {
        var random = new Random(Seed);
        byte[][] good =
        [
            Packets.Connect("cut", _portal.Token), Packets.Connect("cut", _portal.Token, version: 5), Packets.Subscribe(1, "$aws/things/bad/jobs/notify"),
            Packets.Publish("$aws/things/bad/jobs/get", """{"clientToken":"c"}"""),
        ];
        for (var i = 0; i < 240; i++)
        {
            var packet = good[i % good.Length].ToArray();
            if (i / good.Length % 2 == 0)
            {
                packet = packet[..random.Next(packet.Length)];
            }
            else
            {
                packet[random.Next(packet.Length)] ^= (byte)(1 << random.Next(8));
            }
            using var device = i % good.Length < 2 ? await RawDevice.OpenAsync(_portal.Port) : await _portal.ConnectAsync($"cut-{i}");
            await device.SendAsync(packet, end);
        }
    });

    [Fact]
    public Task Packets_that_announce_more_than_they_may_have() => _portal.BearsAsync(async end =>
    {
        var megabyte = new byte[1 << 20];
        for (var i = 0; i < 20; i++)
        {
            using var first = await RawDevice.OpenAsync(_portal.Port);
            using var later = await _portal.ConnectAsync($"large-{i}");
            foreach (var device in new[] { first, later })
            {
                await device.SendAsync([(byte)(device == first ? 0x10 : 0x30), 0xFF, 0xFF, 0xFF, 0x7F], end);
                for (var sent = 0; sent < 50 && await device.SendAsync(megabyte, end); sent++)
                {
                }
                await device.EndsAsync(end);
            }
        }
    });

    private static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(1, most)];
        random.NextBytes(bytes);
        return bytes;
    }
}
