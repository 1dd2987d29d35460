using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>Text that grows as UTF-8 in a pooled array, ready to be hashed.</summary>
internal sealed class Utf8Text : IDisposable
{
    private const int MaxBytesPerChar = 3;

    private byte[] _bytes;

    public Utf8Text(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlySpan<byte> this[int start, int end] => _bytes.AsSpan(start, end - start);

    public void Append(byte ascii)
    {
        Reserve(1)[0] = ascii;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Length += utf8.Length;
    }

    public void Append(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, Reserve(text.Length * MaxBytesPerChar));

    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        var fits = Convert.TryToHexStringLower(bytes, Reserve(bytes.Length * 2), out var written);
        Debug.Assert(fits);
        Length += written;
    }

    /// <summary>The byte as <c>%3A</c>: upper case, as signatures demand.</summary>
    public void AppendEscaped(byte value)
    {
        var target = Reserve(3);
        target[0] = (byte)'%';
        Convert.TryToHexString([value], target[1..], out _);
        Length += 3;
    }

    public void AppendEscaped(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
        {
            AppendEscaped(value);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }
}
