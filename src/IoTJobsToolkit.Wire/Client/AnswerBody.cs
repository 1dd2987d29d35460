using System.Buffers;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>The bytes of an answer, in memory which is given back.</summary>
internal sealed class AnswerBody : IDisposable
{
    /// <summary>More than any operation answers: a page of 250 lines, or one document.</summary>
    public const int MaxBytes = 64 << 20;

    private const int FirstRoom = 4096;

    private byte[] _buffer = [];
    private int _length;

    private AnswerBody()
    {
    }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <exception cref="HttpRequestException">There is more of it than any answer has.</exception>
    public static async ValueTask<AnswerBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var body = new AnswerBody();
        try
        {
            var announced = content.Headers.ContentLength;
            if (announced == 0)
            {
                return body;
            }
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                body.Grow((int)Math.Clamp(announced + 1 ?? FirstRoom, FirstRoom, MaxBytes));
                while (await stream.ReadAsync(body._buffer.AsMemory(body._length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
                {
                    body._length += read;
                    if (body._length == body._buffer.Length)
                    {
                        body.Grow(body._length * 2);
                    }
                }
            }
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        (_buffer, _length) = ([], 0);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Grow(int size)
    {
        if (_length >= MaxBytes)
        {
            throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"It is longer than {MaxBytes} bytes.");
        }
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Bytes.CopyTo(larger);
        var old = _buffer;
        _buffer = larger;
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
