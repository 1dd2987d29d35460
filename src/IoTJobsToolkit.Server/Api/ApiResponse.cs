using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Api;

/// <summary>What every answer of the API has (http-api 5, 6).</summary>
internal static class ApiResponse
{
    private const string Json = "application/json";

    /// <summary>Heads the answer; returns its <c>x-amzn-RequestId</c>.</summary>
    public static string Begin(HttpContext http, bool isStopping)
    {
        var requestId = Guid.NewGuid().ToString();
        var headers = http.Response.Headers;
        headers["x-amzn-RequestId"] = requestId;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        if (isStopping)
        {
            Close(http);
        }
        return requestId;
    }

    /// <summary>Ends the connection after this answer: of HTTP/2 the server itself says so.</summary>
    public static void Close(HttpContext http)
    {
        if (http.Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal))
        {
            http.Response.Headers.Connection = "close";
        }
    }

    public static Task WriteAsync(HttpContext http, ErrorAnswer refusal)
    {
        http.Response.Headers[ErrorAnswer.Header] = refusal.Name;
        if (http.Request.Headers.ContainsKey("Expect"))
        {
            Close(http); // Who was not told to go on may send the body or not: what comes next could be either.
        }
        return WriteAsync(http, refusal.Status, refusal.ToJson());
    }

    public static async Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentLength = body.Length;
        response.ContentType = Json;
        if (!body.IsEmpty)
        {
            await response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
        }
    }
}
