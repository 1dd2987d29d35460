namespace IoTJobsToolkit.Server.Mqtt.Topics;

/// <summary>
/// Filters of topics, each with a value for each key; finds those that take in a topic without looking at the others. Any number may look while
/// somebody changes it.
/// </summary>
internal sealed class TopicTrie<TKey, TValue>
    where TKey : notnull
{
    private readonly TrieLevel<TKey, TValue> _root = new();
    private readonly Lock _writing = new();

    /// <summary>Whether nothing is left in it, also of what was removed.</summary>
    public bool IsEmpty => _root.IsEmpty;

    public void Set(string filter, TKey key, TValue value)
    {
        lock (_writing)
        {
            var level = _root;
            var text = filter.AsSpan();
            foreach (var range in text.Split(TopicText.Separator))
            {
                if (text[range] is "#")
                {
                    level.Set(all: true, key, value);
                    return;
                }
                level = level.Step(text[range]);
            }
            level.Set(all: false, key, value);
        }
    }

    public bool Remove(string filter, TKey key)
    {
        lock (_writing)
        {
            return Remove(_root, filter, key);
        }
    }

    public void Match(string topic, List<TValue> into) => Match(_root, topic, isFirst: true, into);

    /// <summary>
    /// Whether any filter takes in a topic one level below <paramref name="parent"/> whose last level begins with <paramref name="name"/>.
    /// </summary>
    public bool HasBelow(ReadOnlySpan<char> parent, string name) => HasBelow(_root, parent, name, isFirst: true);

    private static bool Remove(TrieLevel<TKey, TValue> level, ReadOnlySpan<char> filter, TKey key)
    {
        if (filter is "#")
        {
            return level.Remove(all: true, key);
        }
        var name = Cut(filter, out var rest, out var isLast);
        if (level.Next(name) is not { } next)
        {
            return false;
        }
        var removed = isLast ? next.Remove(all: false, key) : Remove(next, rest, key);
        if (next.IsEmpty)
        {
            level.Drop(name);
        }
        return removed;
    }

    private static void Match(TrieLevel<TKey, TValue> level, ReadOnlySpan<char> topic, bool isFirst, List<TValue> into)
    {
        var name = Cut(topic, out var rest, out var isLast);
        var isReserved = isFirst && name is [TopicText.Reserved, ..];
        if (!isReserved)
        {
            Add(level.ValuesOfAll, into);
            Go(level.Any, rest, isLast, into);
        }
        Go(level.Child(name), rest, isLast, into);
    }

    private static void Go(TrieLevel<TKey, TValue>? level, ReadOnlySpan<char> rest, bool isLast, List<TValue> into)
    {
        if (level is null)
        {
            return;
        }
        if (isLast)
        {
            Add(level.Values, into);
            Add(level.ValuesOfAll, into);
            return;
        }
        Match(level, rest, isFirst: false, into);
    }

    private static bool HasBelow(TrieLevel<TKey, TValue> level, ReadOnlySpan<char> parent, string name, bool isFirst)
    {
        var first = Cut(parent, out var rest, out var isLast);
        return !(isFirst && first is [TopicText.Reserved, ..]) &&
            (level.ValuesOfAll.Length > 0 || level.Any is { } any && (isLast ? HasChild(any, name) : HasBelow(any, rest, name, isFirst: false))) ||
            level.Child(first) is { } child && (isLast ? HasChild(child, name) : HasBelow(child, rest, name, isFirst: false));
    }

    private static bool HasChild(TrieLevel<TKey, TValue> level, string name)
    {
        if (level.ValuesOfAll.Length > 0 || level.Any is { } any && Ends(any))
        {
            return true;
        }
        foreach (var (key, child) in level.Children())
        {
            if (key.StartsWith(name, StringComparison.Ordinal) && Ends(child))
            {
                return true;
            }
        }
        return false;
    }

    private static bool Ends(TrieLevel<TKey, TValue> level) => level.Values.Length > 0 || level.ValuesOfAll.Length > 0;

    private static void Add(KeyValuePair<TKey, TValue>[] values, List<TValue> into)
    {
        foreach (var (_, value) in values)
        {
            into.Add(value);
        }
    }

    /// <summary>The first level.</summary>
    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest, out bool isLast)
    {
        var end = text.IndexOf(TopicText.Separator);
        isLast = end < 0;
        rest = isLast ? default : text[(end + 1)..];
        return isLast ? text : text[..end];
    }
}
