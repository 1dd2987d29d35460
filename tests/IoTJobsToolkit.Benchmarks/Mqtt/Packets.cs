using System.Buffers.Binary;
using System.Text;

namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>Packets of MQTT 3.1.1 as whole bytes.</summary>
internal static class Packets
{
    public const int ConnAck = 2, Publish = 3, PubAck = 4, SubAck = 9, PingResp = 13;

    private const ushort KeepAliveSeconds = 1200;

    public static byte[] Ping { get; } = [0xC0, 0];

    public static byte[] Connect(string clientId, string password) => Packet(
        0x10, [.. Text("MQTT"), 4, 0b1100_0010, .. Number(KeepAliveSeconds), .. Text(clientId), .. Text(clientId), .. Text(password)]);

    public static byte[] Subscribe(ushort id, IEnumerable<(string Filter, byte Qos)> filters) =>
        Packet(0x82, [.. Number(id), .. filters.SelectMany(filter => (byte[])[.. Text(filter.Filter), filter.Qos])]);

    public static byte[] PublishOnce(string topic, ReadOnlySpan<byte> payload) => Packet(0x30, [.. Text(topic), .. payload]);

    public static byte[] PublishAcknowledged(string topic, ReadOnlySpan<byte> payload, ushort id) => Packet(0x32, [.. Text(topic), .. Number(id), .. payload]);

    /// <summary>Where the first whole packet ends, and where its body begins; null where there is none yet.</summary>
    public static (int Body, int End)? Measure(ReadOnlySpan<byte> bytes)
    {
        var (length, shift) = (0, 0);
        for (var at = 1; at < bytes.Length && at <= 4; at++, shift += 7)
        {
            length |= (bytes[at] & 0x7F) << shift;
            if (bytes[at] < 0x80)
            {
                return at + 1 + length <= bytes.Length ? (at + 1, at + 1 + length) : null;
            }
        }
        return null;
    }

    private static byte[] Packet(byte head, byte[] body)
    {
        List<byte> length = [];
        for (var left = body.Length; ;)
        {
            var digit = (byte)(left & 0x7F);
            left >>= 7;
            length.Add(left > 0 ? (byte)(digit | 0x80) : digit);
            if (left == 0)
            {
                return [head, .. length, .. body];
            }
        }
    }

    private static byte[] Text(string text) => [.. Number((ushort)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(ushort number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }
}
