using IoTJobsToolkit.Server.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>Hands the limits to the web server, which reads addresses and certificates from its own settings but no limits.</summary>
internal static class KestrelLimits
{
    /// <summary>What is received ahead of whoever reads it, of each connection: enough for any request but the large ones.</summary>
    private const int ReadAhead = 128 * 1024;

    /// <summary>Before anyone's speed is measured.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static void Apply(WebApplicationBuilder builder, HttpLimits limits)
    {
        var readAhead = Math.Max(ReadAhead, Math.Max(limits.MaxHeaderBytes, limits.MaxRequestLineBytes));
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = readAhead);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var rate = limits.MinBytesPerSecond > 0 ? new MinDataRate(limits.MinBytesPerSecond, Grace) : null;
            var to = kestrel.Limits;
            to.MaxConcurrentConnections = limits.MaxConnections;
            to.MaxConcurrentUpgradedConnections = limits.MaxLiveConnections;
            to.MaxRequestBodySize = limits.MaxBodyBytes;
            to.MaxRequestBufferSize = readAhead;
            to.MaxRequestHeaderCount = limits.MaxHeaders;
            to.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
            to.MaxRequestLineSize = limits.MaxRequestLineBytes;
            to.MinRequestBodyDataRate = rate;
            to.MinResponseDataRate = rate;
            to.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeaderSeconds);
            to.KeepAliveTimeout = TimeSpan.FromSeconds(limits.KeepAliveSeconds);
            to.Http2.MaxStreamsPerConnection = limits.MaxStreams;
            to.Http2.MaxRequestHeaderFieldSize = limits.MaxHeaderBytes;
        });
    }
}
