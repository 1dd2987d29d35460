using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>The statuses of a job's executions as they were listed last: what a list tells of changes where nobody tells them one by one.</summary>
internal sealed class ListedExecutions(string jobId)
{
    private readonly Dictionary<(string Thing, long Number), JobExecutionStatus> _known = [];
    private bool _isFirst = true;

    /// <summary>What differs from the list before; the first list is only remembered.</summary>
    public IEnumerable<ExecutionStatusChange> Compare(IEnumerable<JobExecutionSummaryForJob> executions)
    {
        foreach (var execution in executions)
        {
            var key = (execution.ThingName, execution.ExecutionNumber);
            JobExecutionStatus? before = _known.TryGetValue(key, out var known) ? known : null;
            _known[key] = execution.Status;
            if (!_isFirst && before != execution.Status)
            {
                yield return new(jobId, execution.ThingName, execution.ExecutionNumber)
                {
                    Status = execution.Status,
                    StatusBefore = before,
                    At = execution.JobExecutionSummary.LastUpdatedAt,
                };
            }
        }
        _isFirst = false;
    }
}
