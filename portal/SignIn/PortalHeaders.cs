using System.Buffers;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>Marks what belongs to the portal: only its answers carry headers for browsers, AWS's never do.</summary>
internal sealed class PortalAnswer
{
    public static PortalAnswer Page { get; } = new() { IsPage = true };

    public static PortalAnswer Asset { get; } = new();

    public bool IsPage { get; private init; }
}

/// <summary>What browsers are told about the portal: nothing from elsewhere, framed by nobody, pages kept nowhere.</summary>
internal static class PortalHeaders
{
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]");

    /// <summary>After the routing has found who answers.</summary>
    public static void UsePortalHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<PortalAnswer>() is { } answer)
        {
            Set(http, answer.IsPage);
        }
        return next(http);
    });

    public static void Set(HttpContext http, bool isPage)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = PolicyFor(http.Request.Host);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
        if (isPage)
        {
            headers.CacheControl = "no-cache, no-store";
        }
        if (http.Request.IsHttps && !IsThisMachine(http.Request.Host.Host))
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    /// <summary>Components set style attributes; everything else comes from files of ours.</summary>
    private static string PolicyFor(HostString host) =>
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        $"connect-src 'self'{WebSockets(host)}; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Browsers do not agree whether 'self' means these too.</summary>
    private static string WebSockets(HostString host) =>
        host.Value is { Length: > 0 } value && !value.AsSpan().ContainsAnyExcept(HostCharacters) ? $" ws://{value} wss://{value}" : "";

    /// <summary>Where other servers of the same name may know no https.</summary>
    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]";
}
