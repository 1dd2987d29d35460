using System.Security.Cryptography;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Wire.Credentials;

/// <summary>Makes and reads the credentials of a database, with the files beside it. Each file is made when it is first needed.</summary>
public sealed class CredentialIssuer(string databasePath, TimeProvider clock) : ICredentialIssuer, IDisposable
{
    private const string Webhooks = "webhooks";
    private const int WebhookSecretBytes = 32;

    private readonly Lock _gate = new();
    private SecretKeyFile? _key;
    private LocalAuthority? _authority;

    /// <exception cref="JobsException">Its files cannot be used.</exception>
    public LocalAuthority Authority => Once(ref _authority, () => LocalAuthority.OpenFor(databasePath, clock));

    /// <summary>The file without which no access key can be read.</summary>
    public string KeyPath { get; } = SecretKeyFile.PathFor(databasePath);

    private SecretKeyFile Key => Once(ref _key, () => SecretKeyFile.OpenFor(databasePath));

    public IssuedAccessKey NewAccessKey() => Protect(new(RandomText.AccessKeyId(), RandomText.SecretAccessKey()));

    /// <summary>An access key that was made elsewhere.</summary>
    public IssuedAccessKey Protect(SigV4Credentials key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(key.AccessKeyId, key.SecretAccessKey, Key.Protect(key.SecretAccessKey, key.AccessKeyId));
    }

    /// <summary>What requests are signed with; null where the key file is not the one that the key was made with.</summary>
    public SigV4Credentials? Read(AccessKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Key.Unprotect(key.ProtectedSecret, key.AccessKeyId) is { } secret ? new(key.AccessKeyId, secret) : null;
    }

    public IssuedCertificate NewCertificate(string thingName, string? signingRequest, int validDays)
    {
        var (certificate, privateKey) = Authority.IssueForThing(thingName, signingRequest, validDays);
        using (certificate)
        {
            return new(
                ThingCertificate.Id(certificate), certificate.ExportCertificatePem(), privateKey, Authority.Certificate.ExportCertificatePem(),
                new DateTimeOffset(certificate.NotAfter).ToUniversalTime());
        }
    }

    public IssuedToken NewToken(string thingName)
    {
        var (token, text) = ThingToken.New(thingName);
        return new(token.TokenId, text, token.SecretHash);
    }

    public IssuedSecret NewWebhookSecret(string? secret)
    {
        var whole = secret ?? WebhookSecret.Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(WebhookSecretBytes));
        return new(whole, Key.Protect(whole, Webhooks));
    }

    /// <summary>What webhooks of a rule are signed with; null where the key file is not the one that it was encrypted with.</summary>
    public string? ReadWebhookSecret(NotificationRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.ProtectedSecret is { } secret ? Key.Unprotect(secret, Webhooks) : null;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _authority?.Dispose();
            _authority = null;
        }
    }

    /// <summary>A file that cannot be used is tried again at the next call: somebody may have restored it.</summary>
    private T Once<T>(ref T? opened, Func<T> open)
        where T : class
    {
        lock (_gate)
        {
            try
            {
                return opened ??= open();
            }
            catch (IOException exception)
            {
                throw new JobsException(JobsError.ServiceUnavailable, exception.Message, exception);
            }
        }
    }
}
