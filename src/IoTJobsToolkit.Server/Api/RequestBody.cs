using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Api;

/// <summary>Reads a request's body, up to what any operation may need.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 1 << 20;

    private const int FirstRoom = 16 * 1024;

    /// <exception cref="ApiRefusal">The body is too large.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength == 0 || request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding") && IsHttp1(request))
        {
            return default;
        }
        if (request.ContentLength is { } length)
        {
            if (length > MaxBytes)
            {
                throw TooLarge(request);
            }
        }

        // Room is made for what arrives, not for what was announced: nobody has shown credentials yet.
        var buffer = new byte[Math.Clamp((int)(request.ContentLength + 1 ?? FirstRoom), 1, FirstRoom)];
        var filled = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            filled += read;
            if (filled > MaxBytes)
            {
                throw TooLarge(request);
            }
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
        return buffer.AsMemory(0, filled);
    }

    private static bool IsHttp1(HttpRequest request) => request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal);

    private static ApiRefusal TooLarge(HttpRequest request)
    {
        if (IsHttp1(request))
        {
            request.HttpContext.Response.Headers.Connection = "close"; // What is still to come is not read.
        }
        return new(ErrorAnswer.Of(ErrorNames.RequestTooLarge, $"The body of a request may have {MaxBytes} bytes at the most."));
    }
}
