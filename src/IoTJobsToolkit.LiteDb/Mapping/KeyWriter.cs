using System.Buffers.Binary;
using System.Text;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>
/// Writes keys which LiteDB's comparison, byte by byte and unsigned, puts into the order of their parts: numbers big endian with the sign
/// turned, times as milliseconds, texts closed by a zero that sorts before every character.
/// </summary>
internal ref struct KeyWriter(Span<byte> buffer)
{
    /// <summary>Room for a job id or a thing name of the greatest length with all numbers beside it.</summary>
    public const int Space = 1024;

    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public KeyWriter Add(long number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer[_length..], unchecked((ulong)number) ^ (1UL << 63));
        _length += sizeof(ulong);
        return this;
    }

    public KeyWriter Add(DateTimeOffset time) => Add(time.ToUnixTimeMilliseconds());

    public KeyWriter Add(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, _buffer[_length..]);
        _buffer[_length++] = 0;
        return this;
    }

    /// <summary>Makes it the first key after the one written so far.</summary>
    public KeyWriter Next()
    {
        _buffer[_length++] = 0;
        return this;
    }

    public readonly byte[] ToArray() => _buffer[.._length].ToArray();
}

/// <summary>Reads what <see cref="KeyWriter"/> wrote.</summary>
internal ref struct KeyReader(ReadOnlySpan<byte> key)
{
    private ReadOnlySpan<byte> _rest = key;

    public long ReadInt64()
    {
        var number = unchecked((long)(BinaryPrimitives.ReadUInt64BigEndian(_rest) ^ (1UL << 63)));
        _rest = _rest[sizeof(ulong)..];
        return number;
    }

    public DateTimeOffset ReadTime() => DateTimeOffset.FromUnixTimeMilliseconds(ReadInt64());

    public string ReadText()
    {
        var end = _rest.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(_rest[..end]);
        _rest = _rest[(end + 1)..];
        return text;
    }
}
