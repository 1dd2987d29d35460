using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>The orders in which a job's executions are listed.</summary>
public enum ExecutionSort
{
    /// <summary>By queuedAt, thing name and number, as ListJobExecutionsForJob lists them.</summary>
    Queued,

    /// <summary>Those which changed last come first.</summary>
    Updated,
}

/// <summary>Some of the eight statuses.</summary>
public readonly record struct StatusSet(int Bits)
{
    public bool IsEmpty => Bits == 0;

    public bool Has(JobExecutionStatus status) => (Bits & 1 << (int)status) != 0;

    public StatusSet Toggle(JobExecutionStatus status) => new(Bits ^ 1 << (int)status);

    public static StatusSet Of(params ReadOnlySpan<JobExecutionStatus> statuses)
    {
        var bits = 0;
        foreach (var status in statuses)
        {
            bits |= 1 << (int)status;
        }
        return new(bits);
    }

    public IEnumerable<JobExecutionStatus> Statuses => Enum.GetValues<JobExecutionStatus>().Where(Has);
}

/// <summary>Which of a job's executions are wanted; what is not said is not asked for.</summary>
/// <param name="Statuses">Empty: any.</param>
/// <param name="Reason">As <c>FailureReason</c> words it; executions which failed for another, or did not fail, are left out.</param>
/// <param name="Version">The execution's versionNumber.</param>
/// <param name="Things">The same set as before is the same filter; another with the same names is not.</param>
public sealed record ExecutionFilter(
    StatusSet Statuses = default, string? Reason = null, long? Version = null, ThingSet? Things = null, ExecutionSort Sort = ExecutionSort.Queued)
{
    public static ExecutionFilter None { get; } = new();

    /// <summary>Every execution, in the order in which they are kept.</summary>
    internal bool IsAll => this == None;
}
