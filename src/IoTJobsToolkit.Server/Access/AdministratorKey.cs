using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Access;

/// <summary>Sees to it that there is an access key to begin with: the one given as a setting, else one that is made and shown once.</summary>
internal sealed class AdministratorKey(
    JobsEngine engine, CredentialIssuer issuer, AccessKeys keys, CredentialsFile file, ServerSettings settings)
{
    private const string UserName = "administrator";

    /// <summary>An administrator's key of this database.</summary>
    public string? AccessKeyId { get; private set; }

    /// <summary>The secret of a key made in this run, to be shown once.</summary>
    public string? NewSecret { get; private set; }

    /// <summary>Keys that this start found lost with the key file.</summary>
    public int LostKeys { get; private set; }

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        LostKeys = keys.CountUnreadable(exceptFor: Given()?.AccessKeyId); // Before the administrator's is replaced, of which nobody would hear else.
        if (Given() is { } given)
        {
            await KeepAsync(given, cancellationToken).ConfigureAwait(false);
            file.ForgetKey();
        }
        else if (Usable() is { } usable)
        {
            AccessKeyId = usable.AccessKeyId;
        }
        else
        {
            var made = issuer.NewAccessKey();
            await engine.KeepAccessKeyAsync(made, UserName, cancellationToken).ConfigureAwait(false);
            (AccessKeyId, NewSecret) = (made.AccessKeyId, made.SecretAccessKey);
        }
    }

    /// <summary>As a setting, or in the file where earlier versions kept it.</summary>
    private SigV4Credentials? Given() => settings.Bootstrap is { AccessKeyId: { } id, SecretAccessKey: { } secret } ? new(id, secret) : file.Key;

    private AccessKey? Usable() => engine.AccessKeys.Values
        .Where(key => key.Role == AccessRole.ADMINISTRATOR && keys.Read(key) is not null)
        .MinBy(key => (key.UserName != UserName, key.CreatedAt));

    private async Task KeepAsync(SigV4Credentials given, CancellationToken cancellationToken)
    {
        if (!engine.AccessKeys.TryGetValue(given.AccessKeyId, out var kept) || keys.Read(kept) != given || kept.Role != AccessRole.ADMINISTRATOR)
        {
            await engine.KeepAccessKeyAsync(issuer.Protect(given), UserName, cancellationToken).ConfigureAwait(false);
        }
        AccessKeyId = given.AccessKeyId;
    }
}
