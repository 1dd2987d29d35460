using System.Buffers.Binary;
using System.Text;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Harm;

/// <summary>Packets of MQTT byte by byte, for what no client library sends.</summary>
internal static class Packets
{
    public static byte[] Connect(string clientId, string password, byte version = 4) => Packet(
        0x10, [.. Text("MQTT"), version, 0xC2, 0, 60, .. version == 5 ? [0] : (byte[])[], .. Text(clientId), .. Text("device"), .. Text(password)]);

    /// <summary>At most once, of MQTT 3.1.1.</summary>
    public static byte[] Publish(string topic, string payload) => Packet(0x30, [.. Text(topic), .. Encoding.UTF8.GetBytes(payload)]);

    public static byte[] Subscribe(int number, params string[] filters) =>
        Packet(0x82, [.. Short(number % 65_535 + 1), .. filters.SelectMany(filter => (byte[])[.. Text(filter), 1])]);

    public static byte[] Packet(byte head, byte[] rest)
    {
        List<byte> packet = [head];
        var length = rest.Length;
        do
        {
            packet.Add((byte)(length % 128 | (length >= 128 ? 0x80 : 0)));
            length /= 128;
        }
        while (length > 0);
        return [.. packet, .. rest];
    }

    private static byte[] Text(string text) => [.. Short(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Short(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
