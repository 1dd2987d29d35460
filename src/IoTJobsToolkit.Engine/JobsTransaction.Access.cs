using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine;

/// <summary>The credentials of a transaction. Those who change them commit alone.</summary>
internal sealed partial class JobsTransaction
{
    public AccessKey? FindAccessKey(string accessKeyId) => _memory.AccessKeys.ById.GetValueOrDefault(accessKeyId);

    public void Save(AccessKey? before, AccessKey after) => JobsChanges.Put(Changes.AccessKeys, after.Sequence, before, after);

    public void Delete(AccessKey key) => JobsChanges.Put(Changes.AccessKeys, key.Sequence, key, null);

    public Account? FindAccount(string name) => _memory.Accounts.ByName.GetValueOrDefault(name);

    public Account Account(string name) => FindAccount(name) ?? throw JobsException.NotFound($"There is no account {name}.");

    public void Save(Account? before, Account after) => JobsChanges.Put(Changes.Accounts, after.Sequence, before, after);

    public void Delete(Account account) => JobsChanges.Put(Changes.Accounts, account.Sequence, account, null);

    /// <summary>Nobody could give access any more, who has none but at the portal.</summary>
    /// <exception cref="JobsException">It is the last administrator who can sign in.</exception>
    public void RequireAnotherAdministrator(Account account, string what)
    {
        if (!_memory.Accounts.ByName.Values.Any(other => other.Role == AccessRole.ADMINISTRATOR && other.Sequence != account.Sequence && !other.IsLockedAt(Now)))
        {
            throw new JobsException(
                JobsError.Conflict,
                $"{account.Name} is the only administrator who can sign in, and cannot be {what}. Make another account an administrator first, or unlock one.");
        }
    }

    public void Save(ThingCredential credential) => Changes.ThingCredentials[(credential.ThingSequence, credential.CredentialId)] = credential;

    public void Delete(ThingCredential credential) => Changes.ThingCredentials[(credential.ThingSequence, credential.CredentialId)] = null;
}
