using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine;

/// <summary>The things and groups of a transaction.</summary>
internal sealed partial class JobsTransaction
{
    public Thing Thing(string name) => FindThing(name) ?? throw JobsException.NotFound($"There is no thing {name}.");

    public Thing? FindThing(string name)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.Things.TryGetValue(name, out var change))
            {
                return change.After;
            }
        }
        return FindCommitted(name)?.Thing;
    }

    public void Save(Thing? before, Thing after) => JobsChanges.Put(Changes.Things, after.Name, before, after);

    public void Delete(Thing thing)
    {
        JobsChanges.Put(Changes.Things, thing.Name, thing, null);
        _pending.Remove(thing.Sequence);
        ForgetConnectivity(thing);
    }

    public GroupMember? FindMember(long groupSequence, string thingName)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.Members.TryGetValue((groupSequence, thingName), out var member))
            {
                return member;
            }
        }
        return Store.FindMember(groupSequence, thingName);
    }

    public ThingGroup Group(string name) => FindGroup(name) ?? throw JobsException.NotFound($"There is no thing group {name}.");

    public ThingGroup? FindGroup(string name) => _memory.FindGroup(name) is { } found ? FindLiveGroup(found.Sequence) : null;

    public ThingGroup? FindLiveGroup(long sequence) => FindGroup(sequence) is { DeletedAt: null } group ? group : null;

    /// <summary>The group of this sequence; also one that was deleted while its memberships are being cleared.</summary>
    public ThingGroup? FindGroup(long sequence)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.Groups.TryGetValue(sequence, out var change))
            {
                return change.After;
            }
        }
        return _memory.FindGroup(sequence);
    }

    /// <summary>The dynamic groups, oldest first; those of this commit included.</summary>
    public IEnumerable<ThingGroup> DynamicGroups()
    {
        var sequences = new SortedSet<long>(_memory.Registry.DynamicGroups);
        for (var scope = this; scope is not null; scope = scope._group)
        {
            sequences.UnionWith(scope._changes?.Groups.Values.Where(change => change.After is { IsDynamic: true }).Select(change => change.After!.Sequence) ?? []);
        }
        return sequences.Select(FindLiveGroup).Where(group => group is not null).Select(group => group!);
    }

    public void Save(ThingGroup? before, ThingGroup after) => JobsChanges.Put(Changes.Groups, after.Sequence, before, after);

    public void Delete(ThingGroup group) => JobsChanges.Put(Changes.Groups, group.Sequence, group, null);

    private CachedThing? FindCommitted(string name)
    {
        if ((_store is null ? _memory.Things.Find(name) : _memory.Things.Use(name)) is { } cached)
        {
            return cached;
        }
        if (Store.FindThing(name) is not { } thing)
        {
            return null;
        }
        cached = new(thing, default);
        _memory.Things.Set(cached);
        return cached;
    }
}
