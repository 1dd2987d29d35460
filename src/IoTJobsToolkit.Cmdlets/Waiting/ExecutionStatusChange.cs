using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>An execution has another status now.</summary>
public sealed record ExecutionStatusChange(string JobId, string ThingName, long ExecutionNumber)
{
    public required JobExecutionStatus Status { get; init; }

    /// <summary>Null for a new execution.</summary>
    public JobExecutionStatus? StatusBefore { get; init; }

    public required DateTimeOffset At { get; init; }
}
