using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IoTJobsToolkit.Server.Api;

/// <summary>Path and query exactly as they came: a decoded path no longer tells <c>%2F</c> from a slash, and is not what was signed.</summary>
internal readonly record struct RequestTarget(string Path, string Query)
{
    /// <summary>Segments that mean other segments: a signature covers what they mean, and no name here consists of dots.</summary>
    public bool IsDotted => Path.Contains("/.", StringComparison.Ordinal) && Path.Split('/').Any(segment => segment is "." or "..");

    public static RequestTarget Of(HttpContext http)
    {
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!raw.StartsWith('/') && raw.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            var path = raw.IndexOf('/', scheme + 3);
            raw = path < 0 ? "/" : raw[path..]; // A proxy's request names the server too.
        }
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? new(raw, "") : new(raw[..query], raw[(query + 1)..]);
    }
}
