using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine.Access;

/// <summary>All accounts by name, as of the last commit. Any thread reads; only the store's thread writes.</summary>
internal sealed class AccountShelf(IEnumerable<Account> accounts)
{
    private volatile ImmutableSortedDictionary<string, Account> _byName =
        accounts.ToImmutableSortedDictionary(account => account.Name, account => account, StringComparer.OrdinalIgnoreCase);

    public ImmutableSortedDictionary<string, Account> ByName => _byName;

    public void Publish(Dictionary<long, Change<Account>> changes)
    {
        var byName = _byName;
        foreach (var (before, _) in changes.Values.Where(change => change.After is null))
        {
            byName = byName.Remove(before!.Name);
        }
        foreach (var (_, after) in changes.Values.Where(change => change.After is not null))
        {
            byName = byName.SetItem(after!.Name, after);
        }
        _byName = byName;
    }
}
