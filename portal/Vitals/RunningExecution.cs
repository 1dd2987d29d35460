using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>An execution in progress: when its device was last heard of, and when that begins to be a worry.</summary>
internal sealed class RunningExecution(JobVitals job, JobExecution execution)
{
    /// <summary>A device which reports nothing for so long is silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(15);

    /// <summary>So long may a device be disconnected within its work, to restart for instance.</summary>
    public static readonly TimeSpan AwayAfter = TimeSpan.FromMinutes(5);

    /// <summary>A timeout is coming when it is no further away, and half of the time it gave has passed.</summary>
    public static readonly TimeSpan TimeoutAhead = TimeSpan.FromHours(1);

    public JobVitals Job => job;

    public long Sequence => execution.Sequence;

    public string ThingName => execution.ThingName;

    public DateTimeOffset HeardAt => execution.LastUpdatedAt;

    public DateTimeOffset? Deadline => execution.Deadline;

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

    public DateTimeOffset RunningOutAt
    {
        get
        {
            if (Deadline is not { } deadline)
            {
                return DateTimeOffset.MaxValue;
            }
            var began = deadline == execution.InProgressDeadline ? execution.StartedAt ?? HeardAt : HeardAt;
            var half = deadline - (deadline - began) / 2;
            return half > deadline - TimeoutAhead ? half : deadline - TimeoutAhead;
        }
    }

    public void Report(JobExecution reported) => execution = reported;
}
