using System.Buffers.Binary;
using System.Text;

namespace IoTJobsToolkit.Benchmarks.Portal;

/// <summary>As much of MessagePack as a circuit's messages need.</summary>
internal static class MessagePack
{
    /// <summary>Null, numbers, text, and lists of these; an empty map is <see cref="Headers"/>.</summary>
    public static void Write(List<byte> to, object? value)
    {
        switch (value)
        {
            case null:
                to.Add(0xc0);
                break;
            case Headers:
                to.Add(0x80);
                break;
            case bool flag:
                to.Add(flag ? (byte)0xc3 : (byte)0xc2);
                break;
            case int or long:
                Span<byte> number = stackalloc byte[9];
                number[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(number[1..], Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                to.AddRange(number);
                break;
            case string text:
                Span<byte> head = stackalloc byte[5];
                head[0] = 0xdb;
                var bytes = Encoding.UTF8.GetBytes(text);
                BinaryPrimitives.WriteInt32BigEndian(head[1..], bytes.Length);
                to.AddRange(head);
                to.AddRange(bytes);
                break;
            case object?[] { Length: < 16 } items:
                to.Add((byte)(0x90 | items.Length));
                foreach (var item in items)
                {
                    Write(to, item);
                }
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} is not written.");
        }
    }

    /// <summary>The value which <paramref name="from"/> begins with, which is then what follows it; bytes are passed over and read as null.</summary>
    public static object? Read(ref ReadOnlySpan<byte> from)
    {
        var kind = from[0];
        from = from[1..];
        return kind switch
        {
            <= 0x7f => (long)kind,
            <= 0x8f => Map(kind & 0xf, ref from),
            <= 0x9f => List(kind & 0xf, ref from),
            <= 0xbf => Text(kind & 0x1f, ref from),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => Pass((int)Number(1, ref from), ref from),
            0xc5 => Pass((int)Number(2, ref from), ref from),
            0xc6 => Pass((int)Number(4, ref from), ref from),
            0xca => Pass(4, ref from),
            0xcb => Pass(8, ref from),
            0xcc or 0xd0 => Number(1, ref from),
            0xcd or 0xd1 => Number(2, ref from),
            0xce or 0xd2 => Number(4, ref from),
            0xcf or 0xd3 => Number(8, ref from),
            0xd9 => Text((int)Number(1, ref from), ref from),
            0xda => Text((int)Number(2, ref from), ref from),
            0xdb => Text((int)Number(4, ref from), ref from),
            0xdc => List((int)Number(2, ref from), ref from),
            0xde => Map((int)Number(2, ref from), ref from),
            >= 0xe0 => (long)(sbyte)kind,
            _ => throw new NotSupportedException($"MessagePack's 0x{kind:x2} is not read."),
        };
    }

    private static long Number(int size, ref ReadOnlySpan<byte> from)
    {
        var value = 0L;
        for (var i = 0; i < size; i++)
        {
            value = value << 8 | from[i];
        }
        from = from[size..];
        return value;
    }

    private static string Text(int length, ref ReadOnlySpan<byte> from)
    {
        var text = Encoding.UTF8.GetString(from[..length]);
        from = from[length..];
        return text;
    }

    private static object? Pass(int length, ref ReadOnlySpan<byte> from)
    {
        from = from[length..];
        return null;
    }

    private static object?[] List(int count, ref ReadOnlySpan<byte> from)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Read(ref from);
        }
        return items;
    }

    private static object? Map(int count, ref ReadOnlySpan<byte> from)
    {
        List(2 * count, ref from);
        return null;
    }

    /// <summary>The headers of a message: there are none.</summary>
    public sealed record Headers
    {
        public static Headers None { get; } = new();
    }
}
