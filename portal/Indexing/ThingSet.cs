using System.Collections.Frozen;

namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>Names of things, as they were read once; equal only to itself.</summary>
public sealed class ThingSet(IEnumerable<string> names)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);

    public int Count => _names.Count;

    public bool Has(string name) => _names.Contains(name);

    public bool HasTheSame(ThingSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _names.SetEquals(other._names);
    }

    /// <summary>The things which are in both.</summary>
    public ThingSet And(ThingSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(_names.Where(other.Has));
    }
}
