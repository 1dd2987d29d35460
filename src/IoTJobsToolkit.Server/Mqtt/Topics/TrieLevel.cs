using System.Collections.Concurrent;

namespace IoTJobsToolkit.Server.Mqtt.Topics;

/// <summary>
/// One level of the tree. Writers take turns; readers do not wait for them: each field is replaced as a whole. A few children lie in an array,
/// as nearly all levels have; many, as that of the things, in a dictionary.
/// </summary>
internal sealed class TrieLevel<TKey, TValue>
    where TKey : notnull
{
    private const int Few = 12;

    private static readonly KeyValuePair<string, TrieLevel<TKey, TValue>>[] None = [];

    private volatile KeyValuePair<string, TrieLevel<TKey, TValue>>[] _few = None;
    private volatile ConcurrentDictionary<string, TrieLevel<TKey, TValue>>? _many;
    private volatile KeyValuePair<TKey, TValue>[] _values = [];
    private volatile KeyValuePair<TKey, TValue>[] _valuesOfAll = [];
    private volatile TrieLevel<TKey, TValue>? _any;

    /// <summary>Of the filters that end here.</summary>
    public KeyValuePair<TKey, TValue>[] Values => _values;

    /// <summary>Of the filters that end with <c>#</c> below here.</summary>
    public KeyValuePair<TKey, TValue>[] ValuesOfAll => _valuesOfAll;

    /// <summary>Below <c>+</c>.</summary>
    public TrieLevel<TKey, TValue>? Any => _any;

    public bool IsEmpty => _values.Length == 0 && _valuesOfAll.Length == 0 && _any is null && _few.Length == 0 && _many is null or { IsEmpty: true };

    // The few are looked at first: they go away only once the many are there.
    public TrieLevel<TKey, TValue>? Child(ReadOnlySpan<char> name)
    {
        foreach (var (key, child) in _few)
        {
            if (name.SequenceEqual(key))
            {
                return child;
            }
        }
        return _many is { } many && many.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;
    }

    public IEnumerable<KeyValuePair<string, TrieLevel<TKey, TValue>>> Children() => _few is { Length: > 0 } few ? few : (IEnumerable<KeyValuePair<string, TrieLevel<TKey, TValue>>>?)_many ?? [];

    public TrieLevel<TKey, TValue> Step(ReadOnlySpan<char> name)
    {
        if (name is "+")
        {
            return _any ??= new();
        }
        if (Child(name) is { } there)
        {
            return there;
        }
        var (key, child) = (name.ToString(), new TrieLevel<TKey, TValue>());
        if (_many is { } many)
        {
            many[key] = child;
        }
        else if (_few.Length < Few)
        {
            _few = [.. _few, new(key, child)];
        }
        else
        {
            _many = new(_few, StringComparer.Ordinal) { [key] = child };
            _few = None;
        }
        return child;
    }

    public TrieLevel<TKey, TValue>? Next(ReadOnlySpan<char> name) => name is "+" ? _any : Child(name);

    public void Drop(ReadOnlySpan<char> name)
    {
        if (name is "+")
        {
            _any = null;
        }
        else if (_many is { } many)
        {
            many.TryRemove(name.ToString(), out _);
        }
        else
        {
            var key = name.ToString();
            _few = [.. _few.Where(entry => entry.Key != key)];
        }
    }

    /// <param name="all">Whether the filter ends with <c>#</c> below here.</param>
    public void Set(bool all, TKey key, TValue value)
    {
        var now = all ? _valuesOfAll : _values;
        var at = Array.FindIndex(now, entry => entry.Key.Equals(key));
        KeyValuePair<TKey, TValue>[] then = at < 0 ? [.. now, default] : [.. now];
        then[at < 0 ? ^1 : at] = new(key, value);
        Put(all, then);
    }

    public bool Remove(bool all, TKey key)
    {
        var now = all ? _valuesOfAll : _values;
        KeyValuePair<TKey, TValue>[] then = [.. now.Where(entry => !entry.Key.Equals(key))];
        Put(all, then);
        return then.Length < now.Length;
    }

    private void Put(bool all, KeyValuePair<TKey, TValue>[] values)
    {
        if (all)
        {
            _valuesOfAll = values;
        }
        else
        {
            _values = values;
        }
    }
}
