namespace IoTJobsToolkit.Engine.Operations;

/// <summary>Cuts a sequence into a page: one item more is looked at, to know whether a token is due.</summary>
internal static class Page
{
    /// <summary>Items per page where the caller names no number (OPEN-33).</summary>
    public const int Default = 250;

    public static (List<T> Items, string? NextToken) Cut<T>(IEnumerable<T> items, int? maxResults, Func<T, string> token)
    {
        var size = maxResults ?? Default;
        var page = items.Take(size + 1).ToList();
        if (page.Count <= size)
        {
            return (page, null);
        }
        page.RemoveAt(size);
        return (page, token(page[^1]));
    }
}
