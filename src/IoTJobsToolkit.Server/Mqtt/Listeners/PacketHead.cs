using System.Buffers;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>How a packet of MQTT begins: its type in one byte, then the length of the rest in one to four.</summary>
internal static class PacketHead
{
    /// <summary>No packet has this length.</summary>
    public const int Invalid = -1;

    private const int LongestLength = 4;

    /// <summary>The length of the packet that begins here; null where more bytes are needed to know.</summary>
    public static int? PacketLength(in ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        if (!reader.TryRead(out _))
        {
            return null;
        }
        var rest = 0;
        for (var i = 0; i < LongestLength; i++)
        {
            if (!reader.TryRead(out var part))
            {
                return null;
            }
            rest |= (part & 0x7F) << (7 * i);
            if ((part & 0x80) == 0)
            {
                return (int)reader.Consumed + rest;
            }
        }
        return Invalid;
    }
}
