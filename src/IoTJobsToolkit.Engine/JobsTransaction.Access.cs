using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine;

/// <summary>The credentials of a transaction. Those who change them commit alone.</summary>
internal sealed partial class JobsTransaction
{
    public AccessKey? FindAccessKey(string accessKeyId) => _memory.AccessKeys.ById.GetValueOrDefault(accessKeyId);

    public void Save(AccessKey? before, AccessKey after) => JobsChanges.Put(Changes.AccessKeys, after.Sequence, before, after);

    public void Delete(AccessKey key) => JobsChanges.Put(Changes.AccessKeys, key.Sequence, key, null);

    public void Save(ThingCredential credential) => Changes.ThingCredentials[(credential.ThingSequence, credential.CredentialId)] = credential;

    public void Delete(ThingCredential credential) => Changes.ThingCredentials[(credential.ThingSequence, credential.CredentialId)] = null;
}
