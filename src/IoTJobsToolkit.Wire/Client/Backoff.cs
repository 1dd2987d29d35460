using System.Net.Http.Headers;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>How long to wait before the next try: exponential with full jitter, so that callers who failed together do not come back together.</summary>
internal static class Backoff
{
    public static readonly TimeSpan Base = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(5);

    /// <summary>A server that asks for more is not waited for: its refusal says more than a silent program.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="failures">How often it failed so far, from 1.</param>
    /// <returns>Null when the server asks for more patience than there is.</returns>
    public static TimeSpan? After(int failures, TimeSpan? retryAfter)
    {
        var most = Math.Min(Cap.TotalMilliseconds, Base.TotalMilliseconds * Math.Pow(2, failures - 1));
        var delay = TimeSpan.FromMilliseconds(Math.Max(1, Random.Shared.NextDouble() * most));
        return retryAfter > Patience ? null : retryAfter > delay ? retryAfter : delay;
    }

    public static TimeSpan? Asked(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header?.Delta ?? (header?.Date is { } date ? date - now : null);
}
