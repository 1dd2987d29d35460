using System.Net;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Client;
using IoTJobsToolkit.Wire.Errors;
using IoTJobsToolkit.Wire.Signing;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Access;

/// <summary>Who calls the API, and whether they may (http-api 3).</summary>
internal sealed class ApiAccess(ServerSettings settings, AccessKeys keys, DeviceAccess devices, TimeProvider clock)
{
    private readonly SigV4Verifier _verifier = new([settings.Engine.Region]);

    /// <summary>
    /// Refuses what need not be read to the end to be refused: nobody's body takes up room who shows no credentials that are known here. Returns the caller where
    /// he is known already, which is where he is a device.
    /// </summary>
    /// <exception cref="ApiRefusal">The request shows no credentials that count here.</exception>
    public async ValueTask<Caller?> AdmitAsync(HttpContext http, RequestTarget target, CancellationToken cancellationToken)
    {
        if (settings.Auth == AuthMode.Open)
        {
            Anyone(http);
        }
        if (await devices.CallerOfAsync(http, target, cancellationToken).ConfigureAwait(false) is { } device)
        {
            return device;
        }
        if (settings.Auth == AuthMode.Required &&
            _verifier.RefuseEarly(Signed(http.Request, target, SigV4Request.EmptyPayloadHash), clock.GetUtcNow(), keys.Find) is { } refused)
        {
            throw Refusal(refused);
        }
        return null;
    }

    /// <exception cref="ApiRefusal">The request shows no credentials that count here.</exception>
    public Caller CallerOf(HttpContext http, RequestTarget target, ReadOnlyMemory<byte> body)
    {
        var caller = settings.Auth == AuthMode.Open ? Anyone(http) : Signer(http.Request, target, body);
        return UserAgents.IsModule(http.Request.Headers.UserAgent) ? caller with { Origin = CallOrigin.CMDLET } : caller;
    }

    private Caller Signer(HttpRequest request, RequestTarget target, ReadOnlyMemory<byte> body) =>
        _verifier.Verify(Signed(request, target, SigV4Request.HashPayload(body.Span)), clock.GetUtcNow(), keys.Find) switch
        {
            SigV4Outcome.Verified verified => keys.CallerOf(verified.AccessKeyId) ?? throw new ApiRefusal(ErrorAnswer.Of(
                ErrorNames.UnrecognizedClient, $"The access key {verified.AccessKeyId} has just been deleted.")),
            SigV4Outcome.Refused refused => throw Refusal(refused),
            _ => throw new InvalidOperationException("A signature is verified or refused."),
        };

    /// <summary>A request as its signature covers it.</summary>
    public static SigV4Request Signed(HttpRequest request, RequestTarget target, string payloadHash) => new()
    {
        Method = request.Method,
        RawPath = target.Path,
        RawQuery = target.Query,
        Headers = Headers(request),
        PayloadHash = payloadHash,
    };

    private static ApiRefusal Refusal(SigV4Outcome.Refused refused) => new(new(refused.Status, refused.Error, new(refused.Message)));

    /// <summary>No credentials are asked for: but only programs of this machine, and no page of another site in its browser.</summary>
    /// <exception cref="ApiRefusal">It is somebody else.</exception>
    public static Caller Anyone(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            throw Denied($"This server runs with Jobs:Auth=Open and answers its own machine only, not {address}.");
        }
        if (http.Request.Headers.Origin is [{ } origin, ..] && !ListenAddresses.IsLoopbackOrigin(origin))
        {
            throw Denied($"This server runs with Jobs:Auth=Open and answers no page of {origin}.");
        }
        return Caller.Operator("anonymous");
    }

    private static ApiRefusal Denied(string message) => new(ErrorAnswer.Of(ErrorNames.AccessDenied, message));

    private static List<KeyValuePair<string, string>> Headers(HttpRequest request)
    {
        var headers = new List<KeyValuePair<string, string>>(request.Headers.Count);
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
            {
                headers.Add(new(name, value ?? ""));
            }
        }
        return headers;
    }
}
