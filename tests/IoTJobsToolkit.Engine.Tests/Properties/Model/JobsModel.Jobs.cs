using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>Calls about jobs (http-api 10; jobs-reference 14, 15).</summary>
internal partial class JobsModel
{
    private string CreateJob(CreateJob call)
    {
        if (Jobs.Any(job => job.JobId == call.JobId))
        {
            throw new Refusal(JobsError.ResourceAlreadyExists);
        }
        var scheduling = call.SchedulingConfig;
        var job = new ModelJob(call, [.. call.Targets.Distinct().Select(Target)], Now)
        {
            Age = ++_age,
            Status = JobStatus.SCHEDULED,
            StartAt = Instant(scheduling?.StartTime),
            EndAt = Instant(scheduling?.EndTime),
            Window = Daily(scheduling?.MaintenanceWindows),
        };
        Jobs.Add(job);
        OpenOrClose(job);
        return Answers.Done;
    }

    private ModelTarget Target(string arn) => arn.Split(":thinggroup/") is [_, var group]
        ? new(arn, null, FindGroup(group))
        : new(arn, FindThing(arn.Split(":thing/")[1]), null);

    private string UpdateJob(UpdateJob call)
    {
        var job = FindJob(call.JobId);
        if (!job.IsActive)
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        job.Config = job.Config with
        {
            JobExecutionsRolloutConfig = call.JobExecutionsRolloutConfig ?? job.Config.JobExecutionsRolloutConfig,
            AbortConfig = call.AbortConfig ?? job.Config.AbortConfig,
            TimeoutConfig = call.TimeoutConfig ?? job.Config.TimeoutConfig,
            JobExecutionsRetryConfig = call.JobExecutionsRetryConfig ?? job.Config.JobExecutionsRetryConfig,
        };
        job.LastUpdatedAt = Now;
        return Answers.Done;
    }

    /// <summary>
    /// 4.6. The reference does not say what happens past endTime, where nothing is created any more (9.3): refused, like every state in
    /// which the targets could not get anything.
    /// </summary>
    private string Associate(AssociateTargetsWithJob call)
    {
        var job = FindJob(call.JobId);
        var targets = call.Targets.Distinct().Select(Target).ToList();
        if (job is not { IsContinuous: true, Status: JobStatus.IN_PROGRESS, HasEnded: false })
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        job.Comment = call.Comment ?? job.Comment;
        job.LastUpdatedAt = Now;
        var known = job.Targets.Count;
        job.Targets.AddRange(targets.Where(target => !job.Targets.Any(has => (has.Thing, has.Group) == (target.Thing, target.Group)))
            .Select(target => target with { Since = _sequence }));
        if (job.Targets.Count > known && !job.IsRollingOut)
        {
            job.IsRollingOut = true;
            job.Passed = (known, "");
            StartRollout(job);
        }
        return Answers.Done;
    }

    private string CancelJob(CancelJob call)
    {
        var job = FindJob(call.JobId);
        var force = call.Force ?? false;
        if (!job.IsActive && !(force && job is { Status: JobStatus.CANCELED, ForceCanceled: false }))
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        job.ReasonCode = call.ReasonCode ?? job.ReasonCode;
        job.Comment = call.Comment ?? job.Comment;
        Cancel(job, force);
        return Answers.Done;
    }

    private string DeleteJob(DeleteJob call)
    {
        var job = FindJob(call.JobId);
        if (job.IsActive && call.Force != true)
        {
            throw new Refusal(JobsError.InvalidStateTransition);
        }
        Jobs.Remove(job);
        return Answers.Done;
    }

    private string CancelJobExecution(CancelJobExecution call)
    {
        var execution = FindExecution(call.JobId, call.ThingName);
        var force = call.Force ?? false;
        if (!execution.IsPending || (execution.Status == JobExecutionStatus.IN_PROGRESS && !force))
        {
            throw new Refusal(JobsError.InvalidStateTransition);
        }
        if (call.ExpectedVersion is { } expected && expected != execution.Version)
        {
            throw new Refusal(JobsError.VersionConflict);
        }
        execution.ForceCanceled = force;
        execution.Details = call.StatusDetails ?? execution.Details;
        Move(execution, JobExecutionStatus.CANCELED);
        AfterResult(execution);
        return Answers.Done;
    }

    private string DeleteJobExecution(DeleteJobExecution call)
    {
        var execution = FindExecution(call.JobId, call.ThingName, call.ExecutionNumber);
        if (execution.Status == JobExecutionStatus.IN_PROGRESS && call.Force != true)
        {
            throw new Refusal(JobsError.InvalidStateTransition);
        }
        Delete(execution);
        return Answers.Done;
    }

    protected virtual void Delete(ModelExecution execution)
    {
        execution.Job.Executions.Remove(execution);
        AbortIfMet(execution.Job);
        CompleteIfDone(execution.Job);
    }
}
