using System.Net.Http.Headers;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Requests;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>What is the same in every try of one call.</summary>
internal sealed class PreparedRequest(Operation operation, Route route, ServerAddress address, FormattedRequest formatted, string userAgent)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMethod _method = HttpMethod.Parse(route.Method);
    private readonly Uri _uri = address.Of(formatted.Path, formatted.Query);
    private string? _bodyHash;

    public Operation Operation => operation;

    public Plane Plane => route.Plane;

    public ServerAddress Address => address;

    /// <summary>To be signed, and sent once.</summary>
    public HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(_method, _uri);
        message.Headers.Host = address.Host;
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (formatted.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = Json;
        }
        return message;
    }

    public SigV4Request ToSign() => new()
    {
        Method = route.Method,
        RawPath = formatted.Path,
        RawQuery = formatted.Query,
        Headers = address.HostHeader,
        PayloadHash = _bodyHash ??= SigV4Request.HashPayload(formatted.Body.GetValueOrDefault().Span),
    };
}
