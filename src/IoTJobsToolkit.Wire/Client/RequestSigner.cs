using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>Signs each try anew, with the server's time once that is known to be another.</summary>
internal sealed class RequestSigner(JobsHttpClientOptions options, TimeProvider clock)
{
    /// <summary>
    /// A server without credentials does not look at signatures, but where both planes have one address it tells them apart by what a
    /// request is signed for (OPEN-34).
    /// </summary>
    private static readonly SigV4Credentials Nobody = new("anonymous", "anonymous");

    private readonly SigningKeys _keys = new();
    private long _ahead;

    /// <summary>Takes over the server's time.</summary>
    /// <returns>The correction that held before, for <see cref="Undo"/>.</returns>
    public long Correct(DateTimeOffset serverTime) => Interlocked.Exchange(ref _ahead, (serverTime - clock.GetUtcNow()).Ticks);

    /// <summary>Drops a correction that did not help: what the server says its time is, is not what it checks signatures by.</summary>
    public void Undo(long correction) => Volatile.Write(ref _ahead, correction);

    public async ValueTask<Signed> SignAsync(HttpRequestMessage message, PreparedRequest request, CancellationToken cancellationToken)
    {
        var credentials = options.Credentials is { } ask
            ? Usable(await ask(cancellationToken).ConfigureAwait(false))
            : request.Plane == Plane.Data && options.DataEndpoint is null ? Nobody : null;
        var now = clock.GetUtcNow().AddTicks(Volatile.Read(ref _ahead));
        if (credentials is null)
        {
            return new(now, null);
        }
        foreach (var (name, value) in SigV4Signer.Sign(request.ToSign(), credentials, options.Region, request.Address.Service, now, _keys).All())
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
        return new(now, credentials.SessionToken);
    }

    /// <summary>What cannot stand in a header would be left out of it unseen. The refusal does not show what it is about.</summary>
    private static SigV4Credentials Usable(SigV4Credentials? credentials) => credentials switch
    {
        null or { AccessKeyId: null or "" } or { SecretAccessKey: null or "" } =>
            throw Unusable("There are no credentials to sign with: give an access key and its secret."),
        _ when !IsToken(credentials.AccessKeyId) || credentials.AccessKeyId.Contains('/', StringComparison.Ordinal) =>
            throw Unusable("The access key id holds a character that no access key has, such as a space or a line break."),
        { SessionToken: { } token } when !IsToken(token) =>
            throw Unusable("The session token is empty, or holds a character that none has, such as a space or a line break."),
        _ => credentials,
    };

    private static bool IsToken(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f' and not ',');

    private static JobsException Unusable(string message) => new(JobsError.AccessDenied, message);
}

/// <summary>With what a try went out.</summary>
/// <param name="SessionToken">A secret which a server may quote when it says what it would have signed.</param>
internal readonly record struct Signed(DateTimeOffset At, string? SessionToken);
