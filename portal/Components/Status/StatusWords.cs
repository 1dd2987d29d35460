using System.Globalization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Status;

/// <summary>Statuses and figures as people read them.</summary>
public static class StatusWords
{
    /// <summary>All eight, in the order of an execution's life: what is open, what went well, what did not.</summary>
    public static IReadOnlyList<JobExecutionStatus> Executions { get; } =
    [
        JobExecutionStatus.SUCCEEDED, JobExecutionStatus.FAILED, JobExecutionStatus.TIMED_OUT, JobExecutionStatus.REJECTED,
        JobExecutionStatus.IN_PROGRESS, JobExecutionStatus.QUEUED, JobExecutionStatus.CANCELED, JobExecutionStatus.REMOVED,
    ];

    public static string Words(this JobExecutionStatus status) => status switch
    {
        JobExecutionStatus.QUEUED => "Queued",
        JobExecutionStatus.IN_PROGRESS => "In progress",
        JobExecutionStatus.SUCCEEDED => "Succeeded",
        JobExecutionStatus.FAILED => "Failed",
        JobExecutionStatus.TIMED_OUT => "Timed out",
        JobExecutionStatus.REJECTED => "Rejected",
        JobExecutionStatus.REMOVED => "Removed",
        _ => "Canceled",
    };

    public static string Words(this JobStatus status) => status switch
    {
        JobStatus.IN_PROGRESS => "In progress",
        JobStatus.SCHEDULED => "Scheduled",
        JobStatus.COMPLETED => "Completed",
        JobStatus.CANCELED => "Canceled",
        _ => "Being deleted",
    };

    /// <summary>The name of a status in style sheets.</summary>
    public static string Css(this Enum status) => "st-" + status.ToString().ToLowerInvariant().Replace('_', '-');

    public static string Figure(this long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Figure(this long number, string one, string many) => $"{number.Figure()} {(number == 1 ? one : many)}";

    public static ExecutionCounts Counts(this JobDetail job)
    {
        var details = job.JobProcessDetails;
        return new(
            details.NumberOfQueuedThings, details.NumberOfInProgressThings, details.NumberOfSucceededThings, details.NumberOfFailedThings,
            details.NumberOfTimedOutThings, details.NumberOfRejectedThings, details.NumberOfRemovedThings, details.NumberOfCanceledThings);
    }

    /// <summary>All eight figures in words, for whoever cannot see the colours.</summary>
    public static string Sentence(this ExecutionCounts counts) =>
        string.Join(", ", Executions.Select(status => $"{counts[status].Figure()} {status.Words().ToLowerInvariant()}"));
}
