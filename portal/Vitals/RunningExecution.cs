using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>
/// An execution in progress: when its device was last heard of, and when that begins to be a worry. Of the execution itself nothing is held:
/// there are many of these.
/// </summary>
internal sealed class RunningExecution
{
    /// <summary>A device which reports nothing for so long is silent.</summary>
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(15);

    /// <summary>So long may a device be disconnected within its work, to restart for instance.</summary>
    private static readonly TimeSpan AwayAfter = TimeSpan.FromMinutes(5);

    /// <summary>A timeout is coming when it is no further away, and half of the time it gave has passed.</summary>
    private static readonly TimeSpan TimeoutAhead = TimeSpan.FromHours(1);

    public RunningExecution(JobVitals job, JobExecution execution)
    {
        Job = job;
        Sequence = execution.Sequence;
        ThingName = execution.ThingName;
        Report(execution);
    }

    public JobVitals Job { get; }

    public long Sequence { get; }

    public string ThingName { get; }

    public DateTimeOffset HeardAt { get; private set; }

    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>When its timeout begins to be a worry; never without one.</summary>
    public DateTimeOffset RunningOutAt { get; private set; }

    /// <summary>Since when the device is not connected; null while it is, or where nothing was heard of its connection.</summary>
    public DateTimeOffset? DisconnectedAt { get; set; }

    public bool IsSilent { get; set; }

    public bool IsRunningOut { get; set; }

    /// <summary>When it is looked at next, without a word of its device.</summary>
    public DateTimeOffset LookAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Another execution of the same thing.</summary>
    public RunningExecution? NextOfThing { get; set; }

    public DateTimeOffset SilentAt
    {
        get
        {
            var byTime = HeardAt + SilentAfter;
            return DisconnectedAt is { } away && away >= HeardAt && away + AwayAfter < byTime ? away + AwayAfter : byTime;
        }
    }

    public void Report(JobExecution execution)
    {
        HeardAt = execution.LastUpdatedAt;
        Deadline = execution.Deadline;
        RunningOutAt = DateTimeOffset.MaxValue;
        if (Deadline is { } deadline)
        {
            var began = deadline == execution.InProgressDeadline ? execution.StartedAt ?? HeardAt : HeardAt;
            var half = deadline - (deadline - began) / 2;
            RunningOutAt = half > deadline - TimeoutAhead ? half : deadline - TimeoutAhead;
        }
    }
}
