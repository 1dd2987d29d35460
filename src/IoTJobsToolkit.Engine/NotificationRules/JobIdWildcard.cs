namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>Job ids by a pattern: <c>*</c> for any characters, <c>?</c> for one.</summary>
internal static class JobIdWildcard
{
    /// <summary>Null matches all.</summary>
    public static bool Matches(string? pattern, string jobId)
    {
        if (pattern is null)
        {
            return true;
        }
        var (at, star, tried, next) = (0, -1, 0, 0);
        while (next < jobId.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, tried, at) = (at, next, at + 1);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == jobId[next]))
            {
                (at, next) = (at + 1, next + 1);
            }
            else if (star >= 0)
            {
                tried++;
                (at, next) = (star + 1, tried);
            }
            else
            {
                return false;
            }
        }
        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
