using System.Globalization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>jobs-reference 2, 3, 6 and 8: how executions move, and what follows for their job.</summary>
internal partial class JobsModel
{
    private void Create(ModelJob job, ModelThing thing, int retryAttempt)
    {
        var number = job.Numbers.GetValueOrDefault(thing) + 1;
        job.Numbers[thing] = number;
        job.Newest[thing] = _sequence + 1;
        var execution = new ModelExecution(job, thing)
        {
            Sequence = ++_sequence, Number = number, QueuedAt = Now, RetryAttempt = retryAttempt, LastUpdatedAt = Now,
        };
        job.Executions.Add(execution);
        Note(execution, null);
    }

    /// <summary>Every accepted change: version + 1.</summary>
    private void Move(ModelExecution execution, JobExecutionStatus to)
    {
        var from = execution.Status;
        execution.Status = to;
        execution.Version++;
        execution.LastUpdatedAt = Now;
        if (to == IN_PROGRESS && from == QUEUED)
        {
            execution.StartedAt = Now;
            execution.InProgressEndsAt = InProgressMinutes(execution.Job) is { } minutes ? Now.AddMinutes(minutes) : null;
        }
        if (to != from)
        {
            Note(execution, from);
        }
    }

    protected virtual long? InProgressMinutes(ModelJob job) => job.Config.TimeoutConfig?.InProgressTimeoutInMinutes;

    /// <summary>The sequence of 6.4: terminal, abort, retry; then the job may be complete.</summary>
    private void AfterResult(ModelExecution execution)
    {
        var job = execution.Job;
        AbortIfMet(job);
        if (MayRetry(job, execution))
        {
            job.Retries.Add((execution.Thing, execution.Status));
            CreateOrPostpone(job, execution.Thing, execution.RetryAttempt + 1);
        }
        CompleteIfDone(job);
    }

    /// <summary>8.2, 8.3.</summary>
    protected virtual bool MayRetry(ModelJob job, ModelExecution failed)
    {
        var criterion = job.Config.JobExecutionsRetryConfig?.CriteriaList!.FirstOrDefault(criterion => Matches(criterion.FailureType, failed.Status));
        return criterion is not null && job.IsActive && !IsPastEnd(job) &&
            job.Retries.Count(retry => retry.Thing == failed.Thing && Matches(criterion.FailureType, retry.After)) < criterion.NumberOfRetries;
    }

    private static bool Matches(RetryableFailureType? type, JobExecutionStatus status) => status switch
    {
        FAILED => type is RetryableFailureType.FAILED or RetryableFailureType.ALL,
        TIMED_OUT => type is RetryableFailureType.TIMED_OUT or RetryableFailureType.ALL,
        _ => false,
    };

    private void CreateOrPostpone(ModelJob job, ModelThing thing, int retryAttempt)
    {
        if (HandsOut(job))
        {
            Create(job, thing, retryAttempt);
        }
        else
        {
            job.Postponed.Add(new(thing, retryAttempt));
        }
    }

    /// <summary>6.2: looked at after each execution that became terminal or was deleted.</summary>
    private void AbortIfMet(ModelJob job)
    {
        if (!job.IsActive)
        {
            return;
        }
        foreach (var criterion in job.Config.AbortConfig?.CriteriaList ?? [])
        {
            var completed = CompletedForAbort(job);
            var failed = criterion.FailureType switch
            {
                JobExecutionFailureType.FAILED => job.Count(FAILED),
                JobExecutionFailureType.REJECTED => job.Count(REJECTED),
                JobExecutionFailureType.TIMED_OUT => job.Count(TIMED_OUT),
                _ => job.Count(FAILED) + job.Count(REJECTED) + job.Count(TIMED_OUT),
            };
            if (completed >= criterion.MinNumberOfExecutedThings && IsThresholdMet(100m * failed, criterion.ThresholdPercentage!.Value * completed))
            {
                var percent = Math.Round(100m * failed / completed, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);
                var threshold = criterion.ThresholdPercentage.Value.ToString("0.##", CultureInfo.InvariantCulture);
                job.ReasonCode = "ABORT_CRITERIA_MET";
                job.Comment = $"Aborted automatically: {criterion.FailureType} {failed} of {completed} executions ({percent}%), " +
                    $"threshold {threshold}%, minimum {criterion.MinNumberOfExecutedThings}.";
                Cancel(job, force: false);
                return;
            }
        }
    }

    protected virtual int CompletedForAbort(ModelJob job) => job.Count(SUCCEEDED) + job.Count(FAILED) + job.Count(TIMED_OUT) + job.Count(REJECTED);

    protected virtual bool IsThresholdMet(decimal failed, decimal threshold) => failed >= threshold;

    /// <summary>Section 14: the job is CANCELED, and what is QUEUED, with force also what is IN_PROGRESS.</summary>
    private void Cancel(ModelJob job, bool force)
    {
        job.Status = JobStatus.CANCELED;
        job.ForceCanceled = force;
        job.LastUpdatedAt = Now;
        StopRollout(job);
        job.Postponed.Clear();
        CancelPending(job, force, force);
    }

    /// <summary>
    /// No look at abort criteria: a canceled job has none to meet, and a job that its end cancels is COMPLETED (C-17), though 6.2 taken by
    /// the letter could abort it for criteria that UpdateJob brought after the results.
    /// </summary>
    private void CancelPending(ModelJob job, bool running, bool force)
    {
        foreach (var execution in job.Executions.Where(e => e.Status == QUEUED || (running && e.Status == IN_PROGRESS)).ToList())
        {
            execution.ForceCanceled = force;
            Move(execution, CANCELED);
        }
    }

    /// <summary>J7.</summary>
    private void CompleteIfDone(ModelJob job)
    {
        var rolledOut = job is { HasStarted: true, IsRollingOut: false, Postponed.Count: 0 } || job.HasEnded;
        if (job.IsActive && rolledOut && (!job.IsContinuous || job.HasEnded) && !job.Executions.Any(execution => execution.IsPending))
        {
            job.Status = JobStatus.COMPLETED;
            job.CompletedAt = job.LastUpdatedAt = Now;
        }
    }

    private void Note(ModelExecution execution, JobExecutionStatus? from) =>
        execution.History.Add(string.Create(CultureInfo.InvariantCulture, $"{Now:O} {from}>{execution.Status} v{execution.Version}"));
}
