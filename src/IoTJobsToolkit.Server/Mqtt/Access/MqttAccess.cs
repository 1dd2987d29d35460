using System.Net;
using System.Text;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>
/// In this order counts what the request of a WebSocket showed, a client certificate, a token as password, and with <c>Jobs:Auth=Open</c>
/// nothing at all. The user name counts never: AWS's clients say there which of them they are.
/// </summary>
internal sealed class MqttAccess(ServerSettings settings, MqttCallers callers, RefusalLog refusals) : IMqttAccess
{
    private const int LongestToken = 512;

    public async ValueTask<MqttCaller?> FindCallerAsync(MqttLogin login, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(login);
        try
        {
            if (await FindAsync(login, cancellationToken).ConfigureAwait(false) is { } caller)
            {
                return caller;
            }
            refusals.Tell(login, Missing(login));
        }
        catch (ApiRefusal refusal)
        {
            refusals.Tell(login, refusal.Message);
        }
        return null;
    }

    public ValueTask<bool> IsGoodAsync(MqttCaller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Standing?.IsGoodAsync(cancellationToken) ?? new(true);
    }

    public bool IsGood(MqttCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Standing?.IsGood ?? true;
    }

    private async ValueTask<MqttCaller?> FindAsync(MqttLogin login, CancellationToken cancellationToken)
    {
        var upgrade = login.Upgrade?.Features.Get<MqttUpgrade>();
        if (upgrade?.Caller is { } known)
        {
            return known;
        }
        if (upgrade is null && login.Certificate is { } certificate)
        {
            return await callers.OfCertificateAsync(certificate, cancellationToken).ConfigureAwait(false);
        }
        if (TokenIn(login.Password) is { } token)
        {
            return login.IsEncrypted || login.IsLocal ? await callers.OfTokenAsync(token, (login.From as IPEndPoint)?.Address, cancellationToken).ConfigureAwait(false) : null;
        }
        return settings.Auth == AuthMode.Open && login.IsLocal ? MqttCallers.Anyone : null;
    }

    /// <summary>Null where the password does not set out to be a token.</summary>
    private static string? TokenIn(ReadOnlyMemory<byte> password) =>
        password.Length is > 0 and <= LongestToken && Encoding.UTF8.GetString(password.Span) is var text && ThingToken.IsMarked(text) ? text : null;

    private static string Missing(MqttLogin login) =>
        TokenIn(login.Password) is not null
            ? "A token is not taken over plain TCP from another machine, where others can read it: send it over TLS, and revoke this one."
        : login.Password.IsEmpty
            ? "It shows neither a client certificate nor a password: a device shows the certificate or the token of its thing, an operator signs a WebSocket."
            : "Its password is no token of a thing, which has the form iotj.THING.ID.SECRET; user names and other passwords do not count here.";
}
