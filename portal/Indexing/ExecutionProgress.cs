namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>How many executions had been created, and how many had ended, at equally spaced moments. Retries are left out: no rollout makes them.</summary>
/// <param name="From">When the first was queued; the moments are <c>From + i × Step</c>.</param>
/// <param name="Created">Up to and with each moment.</param>
/// <param name="Ended">Likewise, by when they last changed.</param>
public sealed record ExecutionProgress(DateTimeOffset From, TimeSpan Step, IReadOnlyList<int> Created, IReadOnlyList<int> Ended)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int Steps = 100;

    internal long Stamp { get; private init; }

    internal long ReadAt { get; private init; }

    public bool IsEmpty => Created.Count == 0;

    /// <summary>When the last moment is.</summary>
    public DateTimeOffset To => From + Step * Math.Max(0, Created.Count - 1);

    internal static ExecutionProgress Of(ExecutionStore store, long stamp, long readAt)
    {
        var (first, last) = Range(store);
        if (first > last)
        {
            return new(default, default, [], []) { Stamp = stamp, ReadAt = readAt };
        }
        var step = Math.Max(1, (last - first + Steps - 1) / Steps);
        var (created, ended) = (new int[Steps + 1], new int[Steps + 1]);
        foreach (var slot in store.Order)
        {
            ref var entry = ref store[slot];
            if (entry.RetryAttempt == 0)
            {
                created[(entry.QueuedAt - first + step - 1) / step]++;
                if (entry.HasEnded)
                {
                    ended[(Math.Max(entry.UpdatedAt, entry.QueuedAt) - first + step - 1) / step]++;
                }
            }
        }
        for (var i = 1; i <= Steps; i++)
        {
            created[i] += created[i - 1];
            ended[i] += ended[i - 1];
        }
        return new(DateTimeOffset.FromUnixTimeMilliseconds(first), TimeSpan.FromMilliseconds(step), created, ended) { Stamp = stamp, ReadAt = readAt };
    }

    private static (long First, long Last) Range(ExecutionStore store)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var slot in store.Order)
        {
            ref var entry = ref store[slot];
            if (entry.RetryAttempt == 0)
            {
                first = Math.Min(first, entry.QueuedAt);
                last = Math.Max(last, Math.Max(entry.QueuedAt, entry.HasEnded ? entry.UpdatedAt : 0));
            }
        }
        return (first, last);
    }
}
