using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>The things of a group and of its descendants (jobs-reference 4.1), by name, read a page at a time.</summary>
internal static class GroupMembers
{
    private static readonly Comparer<(string Name, int Source)> ByNameThenSource = Comparer<(string Name, int Source)>.Create(
        (x, y) => string.CompareOrdinal(x.Name, y.Name) is var order && order != 0 ? order : x.Source.CompareTo(y.Source));

    /// <summary>The group and its descendants as they are now, or as they were when <paramref name="asOf"/> was the next sequence.</summary>
    public static List<long> Tree(JobsMemory memory, long root, long asOf = long.MaxValue)
    {
        var tree = new List<long> { root };
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(memory.Children(tree[i]).Where(child => memory.FindGroup(child) is { } group && (group.DeletedAt is null || group.DeletedSequence > asOf)));
        }
        return tree;
    }

    /// <summary>Members of all these groups in ordinal name order, after <paramref name="after"/>.</summary>
    public static IEnumerable<GroupMember> Read(IJobsStore store, IReadOnlyList<long> groups, string? after, int take)
    {
        if (groups.Count == 1)
        {
            return Pages(store, groups[0], after, take);
        }
        var page = Math.Min(take, Math.Max(16, 2 * take / groups.Count));
        return Merge(groups.Select(group => Pages(store, group, after, page)), member => member.ThingName);
    }

    /// <summary>Merges sequences which are each in ordinal order of their names; of the same name, those of the earlier source come first.</summary>
    public static IEnumerable<T> Merge<T>(IEnumerable<IEnumerable<T>> sources, Func<T, string> name)
    {
        var heads = new PriorityQueue<(IEnumerator<T> Items, int Source), (string Name, int Source)>(ByNameThenSource);
        try
        {
            foreach (var (index, source) in sources.Index())
            {
                Push(source.GetEnumerator(), index);
            }
            while (heads.TryDequeue(out var head, out _))
            {
                yield return head.Items.Current;
                Push(head.Items, head.Source);
            }
        }
        finally
        {
            foreach (var (head, _) in heads.UnorderedItems)
            {
                head.Items.Dispose();
            }
        }

        void Push(IEnumerator<T> items, int source)
        {
            if (items.MoveNext())
            {
                heads.Enqueue((items, source), (name(items.Current), source));
            }
            else
            {
                items.Dispose();
            }
        }
    }

    private static IEnumerable<GroupMember> Pages(IJobsStore store, long group, string? after, int page)
    {
        while (true)
        {
            var members = store.ReadMembers(group, after, page);
            foreach (var member in members)
            {
                yield return member;
            }
            if (members.Count < page)
            {
                yield break;
            }
            after = members[^1].ThingName;
        }
    }
}
