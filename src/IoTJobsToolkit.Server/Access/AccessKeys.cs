using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Access;

/// <summary>The access keys of this run: the operator's, and one for the module of the user who started the server.</summary>
internal sealed class AccessKeys
{
    private readonly Dictionary<string, SigV4Credentials> _keys;

    public AccessKeys(ServerCredentials credentials)
    {
        Local = new(NewCredentials.AccessKeyId("LOCL"), NewCredentials.Secret());
        _keys = new(StringComparer.Ordinal)
        {
            [credentials.AccessKeyId] = new(credentials.AccessKeyId, credentials.SecretAccessKey),
            [Local.AccessKeyId] = Local,
        };
    }

    public SigV4Credentials Local { get; }

    public SigV4Credentials? Find(string accessKeyId) => _keys.GetValueOrDefault(accessKeyId);
}
