using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>What every request passes first, whether it asks for a page, for the pages' live connection or for the API.</summary>
public static class ServerGate
{
    private const string LiveConnection = "/_blazor";

    /// <summary>
    /// A server that is stopping takes no new live connections: browsers would come back at once and keep it from ending. The live
    /// connection belongs to pages of this server. With <c>Jobs:Auth=Open</c> nothing is answered under a name that is not this machine's:
    /// a page of elsewhere could have made the name its own.
    /// </summary>
    public static void UseServerGate(this WebApplication app, ServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(settings);
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        app.Use(async (http, next) =>
        {
            if (stopping.IsCancellationRequested)
            {
                ApiResponse.Close(http);
            }
            var isLive = http.Request.Path.StartsWithSegments(LiveConnection, StringComparison.OrdinalIgnoreCase);
            if (isLive && stopping.IsCancellationRequested)
            {
                await Refuse(http, ErrorNames.ServiceUnavailable, "The server is stopping.").ConfigureAwait(false);
                return;
            }
            if (settings.Auth == AuthMode.Open && !ListenAddresses.IsLoopbackHost(http.Request.Host))
            {
                await Refuse(
                    http,
                    ErrorNames.AccessDenied,
                    $"This server runs with Jobs:Auth=Open and answers under the names of its own machine only, not as {http.Request.Host}.").ConfigureAwait(false);
                return;
            }
            if (isLive && http.Request.Headers.Origin is [{ } origin, ..] && !IsOwn(http.Request, origin))
            {
                await Refuse(http, ErrorNames.AccessDenied, $"The portal's live connection is not for pages of {origin}.").ConfigureAwait(false);
                return;
            }
            await next(http).ConfigureAwait(false);
        });
        app.UseRouting(); // Said here, or it would come first, and the API with it: its endpoints answer inside routing.
    }

    /// <summary>The host counts, not the scheme: in front of the server somebody else may end TLS.</summary>
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) &&
        string.Equals(uri.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase);

    private static Task Refuse(HttpContext http, string error, string message)
    {
        ApiResponse.Begin(http, isStopping: false);
        return ApiResponse.WriteAsync(http, ErrorAnswer.Of(error, message));
    }
}
