using IoTJobsToolkit.Engine.Schedules;
using static IoTJobsToolkit.Engine.Jobs.JobStatus;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>
/// Every legal move of a job (jobs-reference 2). No other code assigns <see cref="Job.Status"/>. A move which is not allowed is null.
/// </summary>
public static class JobLifecycle
{
    /// <summary>J1, J2: a job waits until its start time, or until one of its maintenance windows is open.</summary>
    public static JobStatus FirstStatus(SchedulingConfig? config, DateTimeOffset now) =>
        JobSchedule.Of(config)?.IsOpen(now) == false ? SCHEDULED : IN_PROGRESS;

    extension(Job job)
    {
        public bool HasEnded => job.Status is COMPLETED or CANCELED;

        /// <summary>Whether operators may still change its configuration (OPEN-24).</summary>
        public bool CanBeUpdated => job.Status is IN_PROGRESS or SCHEDULED;

        /// <summary>J3: its start, or the opening of a maintenance window.</summary>
        public Job? Start(DateTimeOffset now) => job.Status == SCHEDULED
            ? job with { Status = IN_PROGRESS, StartedAt = job.StartedAt ?? now, LastUpdatedAt = now }
            : null;

        /// <summary>J4: its maintenance window closes.</summary>
        public Job? Pause(DateTimeOffset now) => job.Status == IN_PROGRESS
            ? job with { Status = SCHEDULED, LastUpdatedAt = now }
            : null;

        /// <summary>Its end time, between two windows: what is pending may still finish (OPEN-41).</summary>
        public Job? ShowEnd(DateTimeOffset now) => job.Status == SCHEDULED
            ? job with { Status = IN_PROGRESS, LastUpdatedAt = now }
            : null;

        /// <summary>All its executions have ended and no more will come, or its end time cancels them all (J7).</summary>
        public Job? Complete(DateTimeOffset now) => job.Status == IN_PROGRESS
            ? job with { Status = COMPLETED, CompletedAt = now, LastUpdatedAt = now }
            : null;

        /// <summary>J6; a job which was canceled without force may be canceled once more with force (OPEN-16).</summary>
        public Job? Cancel(bool force, string? reasonCode, string? comment, DateTimeOffset now) =>
            (job.Status, job.ForceCanceled, force) switch
            {
                (IN_PROGRESS or SCHEDULED, _, _) or (CANCELED, not true, true) => job with
                {
                    Status = CANCELED,
                    ForceCanceled = force,
                    ReasonCode = reasonCode ?? job.ReasonCode,
                    Comment = comment ?? job.Comment,
                    LastUpdatedAt = now,
                },
                _ => null,
            };

        /// <summary>J8: an ended job, or any with force; never one which is being deleted.</summary>
        public Job? Delete(bool force, DateTimeOffset now) => job.Status switch
        {
            COMPLETED or CANCELED => job with { Status = DELETION_IN_PROGRESS, LastUpdatedAt = now },
            IN_PROGRESS or SCHEDULED when force => job with { Status = DELETION_IN_PROGRESS, LastUpdatedAt = now },
            _ => null,
        };
    }

    extension(Job job)
    {
        /// <summary>True while executions are being rolled out or canceled (jobs-reference 2).</summary>
        public bool IsConcurrent(JobProgress progress) => job.Status switch
        {
            IN_PROGRESS => progress.Rollout is not null,
            CANCELED => progress.Sweep is { Kind: SweepKind.Cancel }, // Retention that sweeps it is no concern of operators.
            _ => false,
        };

        /// <summary>Targets for which executions are still to be created; null when there are none (jobs-reference 1.2).</summary>
        public IReadOnlyList<string>? ProcessingTargets(JobProgress progress) =>
            job.Status == IN_PROGRESS && progress.Rollout is { } rollout
                ? job.Targets.Skip(rollout.Target).Select(target => target.Arn).ToArray()
                : null;
    }
}
