namespace IoTJobsToolkit.Engine.Operations;

/// <summary>All records of a range that is ordered by name, read from the store a page at a time.</summary>
internal static class NamePages
{
    private const int PageSize = 251;

    public static IEnumerable<T> Read<T>(string? after, Func<string?, int, IReadOnlyList<T>> read, Func<T, string> name)
    {
        while (true)
        {
            var records = read(after, PageSize);
            foreach (var record in records)
            {
                yield return record;
            }
            if (records.Count < PageSize)
            {
                yield break;
            }
            after = name(records[^1]);
        }
    }
}
