using IoTJobsToolkit.Engine.Jobs;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Engine.Executions;

/// <summary>
/// Every legal move of an execution (jobs-reference 3). No other code assigns <see cref="JobExecution.Status"/>.
/// A move which is not allowed is null.
/// </summary>
public static class ExecutionLifecycle
{
    extension(JobExecutionStatus status)
    {
        public bool IsTerminal => status is not (QUEUED or IN_PROGRESS);

        /// <summary>Whether UpdateJobExecution may name it (OPEN-5).</summary>
        public bool IsReportable => status is IN_PROGRESS or SUCCEEDED or FAILED or REJECTED;
    }

    extension(JobExecution execution)
    {
        public bool HasEnded => execution.Status.IsTerminal;

        /// <summary>Whole seconds before a timer ends it, rounded down, not below 0; null while no timer runs (OPEN-19).</summary>
        public long? SecondsLeft(DateTimeOffset now) =>
            execution.Deadline is { } deadline ? Math.Max(0, (deadline - now).Ticks / TimeSpan.TicksPerSecond) : null;

        /// <summary>The device works on it, or reports progress; its first start fixes the in-progress deadline.</summary>
        public JobExecution? Start(TimeoutConfig? timeout, string by, DateTimeOffset now) => execution.Status switch
        {
            QUEUED => execution.MoveTo(IN_PROGRESS, ChangeOrigin.Device, by, now) with
            {
                StartedAt = now,
                InProgressDeadline = now + Minutes(timeout?.InProgressTimeoutInMinutes),
            },
            IN_PROGRESS => execution.Touch(now),
            _ => null,
        };

        /// <summary>The device ends it with <paramref name="result"/>: SUCCEEDED, FAILED or REJECTED.</summary>
        public JobExecution? Finish(JobExecutionStatus result, string by, DateTimeOffset now) =>
            execution.HasEnded || !result.IsReportable || !result.IsTerminal
                ? null
                : execution.MoveTo(result, ChangeOrigin.Device, by, now);

        /// <summary>QUEUED always, IN_PROGRESS only with <paramref name="force"/>.</summary>
        public JobExecution? Cancel(bool force, ChangeOrigin origin, string by, DateTimeOffset now) =>
            (execution.Status, force) switch
            {
                (QUEUED, _) or (IN_PROGRESS, true) =>
                    execution.MoveTo(CANCELED, origin, by, now) with { ForceCanceled = force },
                _ => null,
            };

        /// <summary>The thing is no longer a target.</summary>
        public JobExecution? Remove(ChangeOrigin origin, string by, DateTimeOffset now) =>
            execution.HasEnded ? null : execution.MoveTo(REMOVED, origin, by, now);

        /// <summary>A timer ran out; never while QUEUED.</summary>
        public JobExecution? TimeOut(DateTimeOffset deadline) =>
            execution.Status == IN_PROGRESS ? execution.MoveTo(TIMED_OUT, ChangeOrigin.Timer, Caller.System.Name, deadline) : null;

        /// <summary>Sets, replaces (1..10080 minutes) or removes (-1) the step timer; null leaves it (jobs-reference 7.2).</summary>
        public JobExecution WithStepTimer(long? minutes, DateTimeOffset now) => minutes switch
        {
            null => execution,
            -1 => execution with { StepDeadline = null },
            _ when execution.Status == IN_PROGRESS => execution with { StepDeadline = now + Minutes(minutes) },
            _ => execution,
        };

        /// <summary>
        /// The details which a change brought, that made it of <paramref name="before"/>: they replace the stored ones, and stand in the history where the
        /// status changed. Null brings none.
        /// </summary>
        public JobExecution WithDetails(IReadOnlyDictionary<string, string>? details, JobExecution before) => details switch
        {
            null => execution,
            { Count: > 0 } when execution.Status != before.Status => execution with
            {
                StatusDetails = details,
                History = [.. execution.History.SkipLast(1), execution.History[^1] with { Details = details }],
            },
            _ => execution with { StatusDetails = details },
        };

        private JobExecution Touch(DateTimeOffset now) => execution with
        {
            LastUpdatedAt = now,
            VersionNumber = execution.VersionNumber + 1,
        };

        private JobExecution MoveTo(JobExecutionStatus status, ChangeOrigin origin, string by, DateTimeOffset now) =>
            execution.Touch(now) with
            {
                Status = status,
                History = [.. execution.History, new(now, execution.Status, status, execution.VersionNumber + 1, origin, by)],
            };
    }

    /// <summary>A new execution: QUEUED, version 1; queued no earlier than its job was created, also when the clock was set back.</summary>
    /// <param name="by">Who asked for it; the system where nobody did.</param>
    public static JobExecution Queue(
        Job job, long thingSequence, string thingName, long number, long sequence, ChangeOrigin origin, DateTimeOffset now,
        string? by = null)
    {
        now = now < job.CreatedAt ? job.CreatedAt : now;
        return new()
        {
            Sequence = sequence,
            JobSequence = job.Sequence,
            JobId = job.JobId,
            ThingSequence = thingSequence,
            ThingName = thingName,
            Number = number,
            QueuedAt = now,
            LastUpdatedAt = now,
            Status = QUEUED,
            Priority = job.Controls?.Priority ?? 0,
            History = [new(now, null, QUEUED, 1, origin, by ?? Caller.System.Name)],
        };
    }

    private static TimeSpan? Minutes(long? minutes) => minutes is { } m ? TimeSpan.FromMinutes(m) : null;
}
