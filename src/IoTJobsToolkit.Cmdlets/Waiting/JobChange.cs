using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>How a job stands after something changed, and what did.</summary>
public sealed record JobChange(string JobId)
{
    /// <summary>When it was seen, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Null when the job is gone.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>As in the object before; null in the first one.</summary>
    public JobStatus? StatusBefore { get; init; }

    /// <summary>Executions by status.</summary>
    public ExecutionCounts Counts { get; init; }

    /// <summary>By how much the counts differ from those of the object before; nothing in the first one.</summary>
    public ExecutionCounts Difference { get; init; }

    /// <summary>What changed, in words: <c>IN_PROGRESS to COMPLETED, SUCCEEDED +1, IN_PROGRESS -1</c>; empty in the first one.</summary>
    public string Changes => string.Join(", ", Words());

    internal JobChange Next(JobStatus? status, ExecutionCounts counts, DateTimeOffset at) => new(JobId)
    {
        At = at,
        Status = status,
        StatusBefore = Status,
        Counts = counts,
        Difference = Enum.GetValues<JobExecutionStatus>().Aggregate(
            default(ExecutionCounts), (difference, each) => difference.Add(each, counts[each] - Counts[each])),
    };

    private IEnumerable<string> Words()
    {
        if (StatusBefore is { } before && before != Status)
        {
            yield return $"{before} to {Status?.ToString() ?? "gone"}";
        }
        foreach (var status in Enum.GetValues<JobExecutionStatus>().Where(status => Difference[status] != 0))
        {
            yield return FormattableString.Invariant($"{status} {Difference[status]:+0;-0}");
        }
    }
}
