namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Reads a list page by page into a search.</summary>
internal static class Pages
{
    /// <param name="read">A page of names with a tooltip each, and the token of the next; null after the last.</param>
    public static async Task AddPages(
        this NameSearch search, Func<string?, Task<(IEnumerable<(string Name, string? ToolTip)> Names, string? NextToken)>> read)
    {
        string? token = null;
        do
        {
            (var names, token) = await read(token).ConfigureAwait(false);
            foreach (var (name, toolTip) in names)
            {
                search.Add(name, toolTip);
            }
        }
        while (token is not null && !search.IsEnough);
    }
}
