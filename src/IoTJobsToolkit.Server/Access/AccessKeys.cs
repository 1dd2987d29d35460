using System.Collections.Concurrent;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Access;

/// <summary>Whose signatures count: the access keys of the database, and one of this run for the module of the user who started the server.</summary>
internal sealed class AccessKeys(JobsEngine engine, CredentialIssuer issuer)
{
    /// <summary>Secrets as they were decrypted, by what they were decrypted from. Few keys exist, so few are kept.</summary>
    private readonly ConcurrentDictionary<AccessKey, SigV4Credentials?> _read = new(ReferenceEqualityComparer.Instance);

    public SigV4Credentials Local { get; } = new(RandomText.AccessKeyId("LOCL"), RandomText.SecretAccessKey());

    public SigV4Credentials? Find(string accessKeyId)
    {
        if (accessKeyId == Local.AccessKeyId)
        {
            return Local;
        }
        return engine.AccessKeys.TryGetValue(accessKeyId, out var key) ? Read(key) : null;
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

    /// <summary>Null where the key file beside the database is not the one that the secret was encrypted with.</summary>
    public SigV4Credentials? Read(AccessKey key)
    {
        if (_read.Count > 2 * engine.AccessKeys.Count + 100)
        {
            _read.Clear(); // Of keys that were deleted.
        }
        return _read.GetOrAdd(key, issuer.Read);
    }
}
