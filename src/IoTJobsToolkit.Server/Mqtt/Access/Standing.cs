using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Access;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>Whether a credential that counted once still does.</summary>
internal abstract class Standing
{
    public abstract ValueTask<bool> IsGoodAsync(CancellationToken cancellationToken);

    /// <summary>As it was known last; where that may be no longer so, it is looked at again.</summary>
    public abstract bool IsGood { get; }
}

/// <summary>A thing's certificate or token: the database's word on it is kept until credentials are taken from somebody.</summary>
internal sealed class ThingStanding(JobsEngine engine, TimeProvider clock, string thing, string credentialId) : Standing
{
    private volatile FoundCredential? _found;
    private int _isLooking;

    public override bool IsGood
    {
        get
        {
            var found = _found;
            if (found?.Version != engine.CredentialsVersion && Interlocked.Exchange(ref _isLooking, 1) == 0)
            {
                _ = LookAgainAsync();
            }
            return found is null || IsGoodNow(found);
        }
    }

    public override ValueTask<bool> IsGoodAsync(CancellationToken cancellationToken) =>
        _found is { } found && found.Version == engine.CredentialsVersion ? new(IsGoodNow(found)) : LookAsync(cancellationToken);

    private async Task LookAgainAsync()
    {
        try
        {
            await LookAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (JobsException)
        {
            // The database cannot be asked now; the next who wants to know tries again.
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private async ValueTask<bool> LookAsync(CancellationToken cancellationToken)
    {
        var version = engine.CredentialsVersion; // Asked first: what is taken away during the search makes it an old one.
        var found = new FoundCredential(version, await engine.FindThingCredentialAsync(thing, credentialId, cancellationToken).ConfigureAwait(false));
        _found = found;
        return IsGoodNow(found);
    }

    private bool IsGoodNow(FoundCredential found) => found.Credential?.IsGoodAt(clock.GetUtcNow()) is true;
}

/// <summary>An access key, as it was when it signed: one with another role or secret is another key.</summary>
internal sealed class KeyStanding(JobsEngine engine, AccessKey key) : Standing
{
    public override bool IsGood => engine.AccessKeys.TryGetValue(key.AccessKeyId, out var now) && now == key;

    public override ValueTask<bool> IsGoodAsync(CancellationToken cancellationToken) =>
        new(IsGood);
}
