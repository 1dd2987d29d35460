using System.Collections.Immutable;

namespace IoTJobsToolkit.Engine.Operations;

/// <summary>
/// A page of a filtered list, put together over as many turns as it takes: one turn reads a bounded number of records, so that a list which
/// finds little does not keep the store from others.
/// </summary>
/// <param name="Found">What fits the filter so far, one item beyond the page at the most.</param>
/// <param name="After">The last record looked at; null before the first.</param>
internal sealed record PageScan<T, TKey>(ImmutableList<T> Found, TKey? After)
    where TKey : struct
{
    private const int RecordsPerTurn = 2_000;
    private const int RecordsPerRead = 1_000;

    /// <summary>Reads on: the finished page, or the scan as it is when the turn is over.</summary>
    /// <param name="read">Records in order, after a key, so many at the most.</param>
    /// <param name="pick">The record as it is to be shown; null where it does not fit.</param>
    /// <param name="left">How many records can fit at the most, those found included.</param>
    public (PageScan<T, TKey> Scan, bool IsDone) Run(
        int size, Func<TKey?, int, IReadOnlyList<T>> read, Func<T, TKey> key, Func<T, T?> pick, long left = long.MaxValue)
    {
        var (found, after) = this;
        var take = Math.Min(size + 1, RecordsPerRead);
        for (var records = 0; records < RecordsPerTurn;)
        {
            if (found.Count > size || found.Count >= left)
            {
                return (new(found, after), true);
            }
            var page = read(after, take);
            foreach (var record in page)
            {
                if (found.Count <= size && pick(record) is { } item)
                {
                    found = found.Add(item);
                }
            }
            if (page.Count < take)
            {
                return (new(found, after), true);
            }
            records += page.Count;
            after = key(page[^1]);
            take = Math.Min(2 * take, RecordsPerRead); // What is rare is looked for in few large reads, however few are wanted.
        }
        return (new(found, after), false);
    }
}
