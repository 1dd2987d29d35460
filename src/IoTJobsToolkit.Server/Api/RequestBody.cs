using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace IoTJobsToolkit.Server.Api;

/// <summary>Reads a request's body, up to what any operation may need.</summary>
internal sealed class RequestBody(ServerSettings settings, BodyMemory memory)
{
    private const int FirstRoom = 16 * 1024;

    private readonly int _maxBytes = settings.Http.MaxBodyBytes;

    /// <exception cref="ApiRefusal">The body is too large, came too slowly, or is not what it would be signed and read as.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, RequestTime time)
    {
        RefuseEncoded(request);
        if (request.ContentLength == 0 || request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding") && IsHttp1(request))
        {
            return default;
        }
        if (request.ContentLength > _maxBytes)
        {
            throw TooLarge(request);
        }
        try
        {
            return await ReadToEndAsync(request, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.IsOver)
        {
            ApiResponse.Close(request.HttpContext);
            throw time.BodyRefusal();
        }
    }

    /// <summary>What a request that broke off while it was read is refused with.</summary>
    public ErrorAnswer Broken(BadHttpRequestException broken) => broken.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => ErrorAnswer.Of(
            ErrorNames.RequestTimeout,
            $"The body of the request came with less than {settings.Http.MinBytesPerSecond} bytes a second and was waited for no longer; nothing was done."),
        var status => new(status, "InvalidRequestException", new(broken.Message)),
    };

    private async ValueTask<ReadOnlyMemory<byte>> ReadToEndAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } counted)
        {
            counted.MaxRequestBodySize = null; // It counts what frames the chunks too.
        }
        // Room is made for what arrives, not for what was announced: nobody has shown credentials yet.
        var buffer = new byte[Math.Clamp((int)(request.ContentLength + 1 ?? FirstRoom), 1, FirstRoom)];
        BodyMemory.Share? share = null;
        var filled = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            filled += read;
            if (filled > _maxBytes)
            {
                throw TooLarge(request);
            }
            if (filled == buffer.Length)
            {
                share = Grow(request, share, buffer.Length * 2);
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
        return buffer.AsMemory(0, filled);
    }

    /// <summary>The room is given back when the request has been answered.</summary>
    private BodyMemory.Share Grow(HttpRequest request, BodyMemory.Share? share, int bytes)
    {
        if (share is null && memory.TryTake(bytes) is { } first)
        {
            request.HttpContext.Response.RegisterForDispose(first);
            return first;
        }
        if (share?.TryGrow(bytes) == true)
        {
            return share;
        }
        ApiResponse.Close(request.HttpContext);
        throw new ApiRefusal(ErrorAnswer.Of(
            ErrorNames.ServiceUnavailable, "The server has as many large requests in hand as it has room for, so nothing was done. Try again in a moment."));
    }

    private static void RefuseEncoded(HttpRequest request)
    {
        Refuse("Content-Encoding", request.Headers.ContentEncoding, "identity");
        Refuse("Transfer-Encoding", request.Headers.TransferEncoding, "chunked");

        void Refuse(string name, StringValues values, string allowed)
        {
            if (values.Count == 0 || values is [{ } value] && value.Trim().Equals(allowed, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
            ApiResponse.Close(request.HttpContext);
            throw new ApiRefusal(ErrorAnswer.Of(
                ErrorNames.UnsupportedMediaType, $"The request has {name}: {string.Join(", ", values!)}. Send the body as plain JSON."));
        }
    }

    private static bool IsHttp1(HttpRequest request) => request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal);

    private ApiRefusal TooLarge(HttpRequest request)
    {
        ApiResponse.Close(request.HttpContext); // What is still to come is not read.
        return new(TooLarge());
    }

    private ErrorAnswer TooLarge() =>
        ErrorAnswer.Of(ErrorNames.RequestTooLarge, $"The body of a request may have {_maxBytes} bytes at the most.");
}
