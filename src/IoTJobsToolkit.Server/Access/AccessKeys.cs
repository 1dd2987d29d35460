using System.Collections.Concurrent;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Signing;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Access;

/// <summary>Whose signatures count: the access keys of the database, and one of this run for the module of the user who started the server.</summary>
internal sealed partial class AccessKeys(JobsEngine engine, CredentialIssuer issuer, ILogger<AccessKeys> logger)
{
    /// <summary>Secrets as they were decrypted, by what they were decrypted from. Few keys exist, so few are kept.</summary>
    private readonly ConcurrentDictionary<AccessKey, SigV4Credentials?> _read = new(ReferenceEqualityComparer.Instance);

    /// <summary>Of which it has been said that they cannot be read.</summary>
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    public SigV4Credentials Local { get; } = new(RandomText.AccessKeyId("LOCL"), RandomText.SecretAccessKey());

    public SigV4Credentials? Find(string accessKeyId)
    {
        if (accessKeyId == Local.AccessKeyId)
        {
            return Local;
        }
        if (!engine.AccessKeys.TryGetValue(accessKeyId, out var key))
        {
            return null;
        }
        var credentials = Read(key);
        if (credentials is null && _told.TryAdd(accessKeyId, true))
        {
            LogUnreadable(logger, accessKeyId, key.UserName, issuer.KeyPath);
        }
        return credentials;
    }

    /// <summary>Who signs with a key that was found; null where it has been deleted since.</summary>
    public Caller? CallerOf(string accessKeyId)
    {
        if (accessKeyId == Local.AccessKeyId)
        {
            return Caller.Operator(Environment.UserName);
        }
        return engine.AccessKeys.TryGetValue(accessKeyId, out var key) ? Caller.Operator(key.UserName, key.Role) : null;
    }

    /// <summary>How many keys of the database were encrypted with another key file than the one beside it.</summary>
    /// <param name="exceptFor">A key whose secret is known from elsewhere.</param>
    public int CountUnreadable(string? exceptFor) => engine.AccessKeys.Values.Count(key => key.AccessKeyId != exceptFor && Read(key) is null);

    /// <summary>Null where the key file beside the database is not the one that the secret was encrypted with.</summary>
    public SigV4Credentials? Read(AccessKey key)
    {
        if (_read.Count > 2 * engine.AccessKeys.Count + 100)
        {
            _read.Clear(); // Of keys that were deleted.
        }
        return _read.GetOrAdd(key, issuer.Read);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Somebody signs with access key {AccessKeyId} of {UserName}, which does not count: it cannot be read with {KeyPath}, so it was encrypted with another key file. " +
        "Restore that file from the backup, or make a new key.")]
    private static partial void LogUnreadable(ILogger logger, string accessKeyId, string userName, string keyPath);
}
