using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Errors;
using IoTJobsToolkit.Wire.Signing;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>
/// Who asks for a WebSocket of MQTT: an operator by a signature in the address, as AWS IoT has it, a device by certificate or bearer token.
/// </summary>
internal sealed class UpgradeAccess(ServerSettings settings, MqttCallers callers, AccessKeys keys, TimeProvider clock)
{
    private readonly SigV4Verifier _verifier = new([settings.Engine.Region], SigV4Use.WebSocket);

    /// <exception cref="ApiRefusal">What it shows does not count, or it could show nothing that does.</exception>
    public async ValueTask<MqttUpgrade> AdmitAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var isOpen = settings.Auth == AuthMode.Open;
        if (isOpen)
        {
            ApiAccess.Anyone(http);
        }
        var target = RequestTarget.Of(http);
        string? authorization = http.Request.Headers.Authorization;
        if (PlaneChoice.IsSigned(authorization, target.Query))
        {
            return new(isOpen ? MqttCallers.Anyone : Signer(http.Request, target));
        }
        if (http.Connection.ClientCertificate is { } certificate)
        {
            RefuseForeignPage(http);
            return new(await callers.OfCertificateAsync(certificate, cancellationToken).ConfigureAwait(false));
        }
        if (!isOpen && !DeviceAccess.IsPrivate(http))
        {
            throw Denied("Over plain http from another machine a WebSocket of MQTT has to be signed: sign its address for the service iotdevicegateway, or call by wss.");
        }
        if (ThingToken.IsBearer(authorization, out var text) && ThingToken.IsMarked(text))
        {
            return new(await callers.OfTokenAsync(text, http.Connection.RemoteIpAddress, cancellationToken).ConfigureAwait(false));
        }
        return new(null);
    }

    private MqttCaller Signer(HttpRequest request, RequestTarget target) =>
        _verifier.Verify(ApiAccess.Signed(request, target, SigV4Request.EmptyPayloadHash), clock.GetUtcNow(), keys.Find) switch
        {
            SigV4Outcome.Verified verified => callers.OfAccessKey(verified.AccessKeyId),
            SigV4Outcome.Refused refused => throw new ApiRefusal(new(refused.Status, refused.Error, new(refused.Message))),
            _ => throw new InvalidOperationException("A signature is verified or refused."),
        };

    /// <summary>A browser shows its certificate whatever page asks it to; nothing else here goes along by itself.</summary>
    private static void RefuseForeignPage(HttpContext http)
    {
        if (http.Request.Headers.Origin is [{ } origin, ..] &&
            !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Host.Equals(http.Request.Host.Host, StringComparison.OrdinalIgnoreCase)))
        {
            throw Denied("A client certificate does not count for a page of another site.");
        }
    }

    private static ApiRefusal Denied(string message) => new(ErrorAnswer.Of(ErrorNames.AccessDenied, message, Plane.Data));
}
