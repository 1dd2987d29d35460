using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>Everything that goes on, at one moment.</summary>
public sealed record PulseSnapshot
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The figures of the last hour and of silent devices are still being read.</summary>
    public bool IsCounting { get; init; }

    /// <summary>More is in progress than is watched: so many executions at the most.</summary>
    public int? WatchesOnly { get; init; }

    /// <summary>Whether there is any job at all, ended ones included.</summary>
    public bool HasJobs { get; init; }

    /// <summary>What needs a person, and after it what is good to know; the most pressing first, of each kind no more than ten.</summary>
    public IReadOnlyList<Trouble> Troubles { get; init; } = [];

    /// <summary>How many there are of each kind.</summary>
    public IReadOnlyDictionary<TroubleKind, int> TroubleCounts { get; init; } = new Dictionary<TroubleKind, int>();

    /// <summary>How many of them need a person.</summary>
    public int NeedPerson { get; init; }

    /// <summary>The worst of the running jobs first, no more than fifty.</summary>
    public IReadOnlyList<JobPulse> Running { get; init; } = [];

    public int RunningCount { get; init; }

    /// <summary>Failures of the last hour by job, and by reason; most first.</summary>
    public IReadOnlyList<NamedCount> FailuresByJob { get; init; } = [];

    public IReadOnlyList<NamedCount> FailuresByReason { get; init; } = [];

    public LastHour LastHour { get; init; } = LastHour.Empty;

    public int ConnectedThings { get; init; }
}

/// <summary>A running job.</summary>
public sealed record JobPulse(string JobId, string? Description, ExecutionCounts Counts, bool IsRollingOut)
{
    /// <summary>Successes and failures a minute.</summary>
    public required double PerMinute { get; init; }

    public required Forecast Forecast { get; init; }

    /// <summary>When an execution last came, went, changed or reported.</summary>
    public required DateTimeOffset MovedAt { get; init; }

    /// <summary>The most pressing it is in trouble with; null for none.</summary>
    public TroubleKind? Trouble { get; init; }

    public AbortWatch? Abort { get; init; }

    public long Failures => Counts.Failed + Counts.TimedOut + Counts.Rejected;
}

/// <summary>The last sixty minutes, oldest first; the last one is not over.</summary>
public sealed record LastHour(DateTimeOffset At, IReadOnlyList<int> Queued, IReadOnlyList<int> Started, IReadOnlyList<int> Succeeded, IReadOnlyList<int> Failed)
{
    public static LastHour Empty { get; } = new(default, new int[MinuteRing.Minutes], new int[MinuteRing.Minutes], new int[MinuteRing.Minutes], new int[MinuteRing.Minutes]);

    internal static LastHour Of(VitalsLedger ledger, DateTimeOffset now)
    {
        return new(now, Counts(ledger.Queued), Counts(ledger.Started), Counts(ledger.Succeeded), Counts(ledger.Failed));

        int[] Counts(MinuteRing ring) => [.. Enumerable.Range(0, MinuteRing.Minutes).Select(index => ring.At(now, index))];
    }
}
