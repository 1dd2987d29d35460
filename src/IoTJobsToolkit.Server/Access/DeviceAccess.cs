using System.Net;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Access;

/// <summary>
/// Devices, which sign nothing and act for one thing: by the client certificate of their connection, else by a token (http-api 2, 3).
/// </summary>
internal sealed class DeviceAccess(DeviceCertificates certificates, DeviceTokens tokens)
{
    /// <summary>Null where a request shows a signature, or neither certificate nor token.</summary>
    /// <exception cref="ApiRefusal">What it shows does not count.</exception>
    public async ValueTask<Caller?> CallerOfAsync(HttpContext http, RequestTarget target, CancellationToken cancellationToken)
    {
        string? authorization = http.Request.Headers.Authorization;
        if (PlaneChoice.IsSigned(authorization, target.Query))
        {
            return null;
        }
        if (http.Connection.ClientCertificate is { } certificate)
        {
            return await certificates.CallerOfAsync(certificate, cancellationToken).ConfigureAwait(false);
        }
        if (!ThingToken.IsBearer(authorization, out var text) || !ThingToken.IsMarked(text))
        {
            return null;
        }
        if (!IsPrivate(http))
        {
            throw new ApiRefusal(ErrorAnswer.Of(
                ErrorNames.AccessDenied,
                "A token is not taken over plain http from another machine, where others can read it. Send it over https, and revoke this one.",
                Plane.Data));
        }
        return await tokens.CallerOfAsync(text, http.Connection.RemoteIpAddress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nobody on the way reads along.</summary>
    public static bool IsPrivate(HttpContext http) =>
        http.Request.IsHttps || http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
}
