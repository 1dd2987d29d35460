using System.Net;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Server.Access;

/// <summary>Devices that send a token with each request.</summary>
internal sealed class DeviceTokens(JobsEngine engine, TokenGuesses guesses, TimeProvider clock)
{
    private const int Remembered = 20_000;

    private readonly RecentCredentials _recent = new(Remembered);

    /// <param name="text">What stands after <c>Bearer</c>.</param>
    /// <param name="from">Where it comes from.</param>
    /// <exception cref="ApiRefusal">UnrecognizedClientException; ThrottlingException where too many before it were none.</exception>
    public async ValueTask<Caller> CallerOfAsync(string text, IPAddress? from, CancellationToken cancellationToken)
    {
        if (ThingToken.Read(text) is not { } token)
        {
            throw Refused("The token is not whole: that of a thing has the form iotj.THING.ID.SECRET.");
        }
        if (!WasShown(token) && !guesses.MayTry(from, token.ThingName))
        {
            throw new ApiRefusal(ErrorAnswer.Of(
                ErrorNames.Throttling,
                "Too many tokens from this address did not count. Wait a minute, and check what the device sends.",
                Plane.Data));
        }
        var credential = await FindAsync(token, cancellationToken).ConfigureAwait(false);
        if (!token.Matches(credential?.SecretHash) || credential is not { Kind: ThingCredentialKind.TOKEN } || credential.ThingName != token.ThingName)
        {
            guesses.Failed(from, token.ThingName);
            // Nothing more for whoever has not shown the secret.
            throw Refused("The token is not known here: it is not whole, or of another database, or its thing has been deleted or made anew since.");
        }
        return credential.IsGoodAt(clock.GetUtcNow())
            ? Caller.Device(token.ThingName)
            : throw Refused($"The token {(credential.RevokedAt is null ? "has expired" : "was revoked")}. Issue another one for thing {token.ThingName}.");
    }

    /// <summary>Whether the secret itself came before: then this is no guess, whether or not the token still counts.</summary>
    private bool WasShown(ThingToken token) => token.Matches(_recent.Find((token.ThingName, token.TokenId))?.Credential?.SecretHash);

    private async ValueTask<ThingCredential?> FindAsync(ThingToken token, CancellationToken cancellationToken)
    {
        var version = engine.CredentialsVersion; // Asked first: what is taken away during the search makes it an old one.
        var key = (token.ThingName, token.TokenId);
        if (_recent.Find(key) is { } found && found.Version == version)
        {
            return found.Credential;
        }
        var credential = await engine.FindThingCredentialAsync(token.ThingName, token.TokenId, cancellationToken).ConfigureAwait(false);
        if (token.Matches(credential?.SecretHash)) // Nobody fills the memory with guesses.
        {
            _recent.Keep(key, new(version, credential));
        }
        return credential;
    }

    private static ApiRefusal Refused(string message) => new(ErrorAnswer.Of(ErrorNames.UnrecognizedClient, message, Plane.Data));
}
