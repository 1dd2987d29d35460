using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine.Access;

/// <summary>All access keys by id, as of the last commit. Any thread reads; only the store's thread writes.</summary>
internal sealed class AccessKeyShelf(IEnumerable<AccessKey> keys)
{
    private volatile ImmutableSortedDictionary<string, AccessKey> _byId =
        keys.ToImmutableSortedDictionary(key => key.AccessKeyId, key => key, StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, AccessKey> ById => _byId;

    public void Publish(Dictionary<long, Change<AccessKey>> changes)
    {
        foreach (var (before, after) in changes.Values)
        {
            _byId = after is null ? _byId.Remove(before!.AccessKeyId) : _byId.SetItem(after.AccessKeyId, after);
        }
    }
}
