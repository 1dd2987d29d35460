using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>The things of a group and of its descendants (jobs-reference 4.1), by name, read a page at a time.</summary>
internal static class GroupMembers
{
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
        var page = Math.Clamp(2 * take / groups.Count, 16, take);
        return Merge(groups.Select(group => Pages(store, group, after, page)), member => member.ThingName);
    }

    /// <summary>Merges sequences which are each in ordinal order of their names.</summary>
    public static IEnumerable<T> Merge<T>(IEnumerable<IEnumerable<T>> sources, Func<T, string> name)
    {
        var heads = new PriorityQueue<IEnumerator<T>, string>(StringComparer.Ordinal);
        try
        {
            foreach (var source in sources)
            {
                Push(source.GetEnumerator());
            }
            while (heads.TryDequeue(out var head, out _))
            {
                yield return head.Current;
                Push(head);
            }
        }
        finally
        {
            foreach (var (head, _) in heads.UnorderedItems)
            {
                head.Dispose();
            }
        }

        void Push(IEnumerator<T> head)
        {
            if (head.MoveNext())
            {
                heads.Enqueue(head, name(head.Current));
            }
            else
            {
                head.Dispose();
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
