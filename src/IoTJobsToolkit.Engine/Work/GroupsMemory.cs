using System.Collections.Concurrent;
using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>All thing groups, as of the last commit. Any thread reads; only the store's thread writes.</summary>
internal sealed class GroupsMemory
{
    private readonly ConcurrentDictionary<string, ThingGroup> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, ThingGroup> _groups = [];
    private readonly ConcurrentDictionary<long, ImmutableSortedSet<long>> _children = [];
    private volatile ImmutableSortedSet<long> _dynamic = [];

    public IEnumerable<ThingGroup> Groups => _byName.Select(group => group.Value);

    /// <summary>Sequences of the dynamic groups which were not deleted, oldest first.</summary>
    public ImmutableSortedSet<long> DynamicGroups => _dynamic;

    public ThingGroup? Find(string name) => _byName.GetValueOrDefault(name);

    public ThingGroup? Find(long sequence) => _groups.GetValueOrDefault(sequence);

    public ImmutableSortedSet<long> Children(long sequence) => _children.GetValueOrDefault(sequence, []);

    public void Set(ThingGroup? before, ThingGroup? after)
    {
        var group = (after ?? before)!;
        if (group.ParentSequence is { } parent)
        {
            var children = Children(parent);
            _children[parent] = after is null ? children.Remove(group.Sequence) : children.Add(group.Sequence);
        }
        _dynamic = after is { IsDynamic: true, DeletedAt: null } ? _dynamic.Add(group.Sequence) : _dynamic.Remove(group.Sequence);
        if (after is null)
        {
            _groups.TryRemove(group.Sequence, out _);
        }
        else
        {
            _groups[after.Sequence] = after;
        }
        if (after is { DeletedAt: null })
        {
            _byName[after.Name] = after;
        }
        else if (Find(group.Name)?.Sequence == group.Sequence)
        {
            _byName.TryRemove(group.Name, out _); // Also where it was deleted and cleared in one commit; a later one of its name stays.
        }
    }
}
