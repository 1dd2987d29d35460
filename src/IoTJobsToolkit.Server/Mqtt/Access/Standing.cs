using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Access;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>Whether a credential that counted once still does.</summary>
internal abstract class Standing
{
    public abstract ValueTask<bool> IsGoodAsync(CancellationToken cancellationToken);
}

/// <summary>A thing's certificate or token: the database's word on it is kept until credentials are taken from somebody.</summary>
internal sealed class ThingStanding(JobsEngine engine, TimeProvider clock, string thing, string credentialId) : Standing
{
    private volatile FoundCredential? _found;

    public override ValueTask<bool> IsGoodAsync(CancellationToken cancellationToken) =>
        _found is { } found && found.Version == engine.CredentialsVersion ? new(IsGood(found)) : LookAsync(cancellationToken);

    private async ValueTask<bool> LookAsync(CancellationToken cancellationToken)
    {
        var version = engine.CredentialsVersion; // Asked first: what is taken away during the search makes it an old one.
        var found = new FoundCredential(version, await engine.FindThingCredentialAsync(thing, credentialId, cancellationToken).ConfigureAwait(false));
        _found = found;
        return IsGood(found);
    }

    private bool IsGood(FoundCredential found) => found.Credential?.IsGoodAt(clock.GetUtcNow()) is true;
}

/// <summary>An access key, as it was when it signed: one with another role or secret is another key.</summary>
internal sealed class KeyStanding(JobsEngine engine, AccessKey key) : Standing
{
    public override ValueTask<bool> IsGoodAsync(CancellationToken cancellationToken) =>
        new(engine.AccessKeys.TryGetValue(key.AccessKeyId, out var now) && now == key);
}
