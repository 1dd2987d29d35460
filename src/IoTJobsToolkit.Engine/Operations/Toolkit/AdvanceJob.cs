using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Lets a job pass what it stands at, whatever the figures say: the jobs it waits for as a whole, else the stage its rollout is in.
/// What follows is the next stage, or the rest.
/// </summary>
public sealed record AdvanceJob(string JobId) : Operation<AdvanceJobResponse>
{
    /// <summary>Why, for people: up to 2028 characters; it stands in the job's history.</summary>
    public string? Comment { get; init; }

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Comment(Comment);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB, JobId, ActivityNote.Named("comment:", Comment));

    internal override AdvanceJobResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        var progress = tx.Progress(job);
        if (!job.CanBeUpdated)
        {
            throw JobsException.InvalidRequest($"Job {JobId} is {job.Status}; it has nothing left to go on with.");
        }
        if (progress.WaitsFor.Count > 0)
        {
            var passed = $"the wait for {string.Join(", ", job.Controls!.DependsOn.Where(first => progress.WaitsFor.Contains(first.Sequence)).Select(first => first.JobId))}";
            tx.Save(Pausing.Release(progress with { WaitsFor = [], LostDependency = null }, tx.Now));
            return Advanced(tx, job, passed);
        }
        var stages = job.Controls?.Stages ?? [];
        if (progress.StagesPassed >= stages.Count)
        {
            throw JobsException.InvalidRequest(stages.Count > 0
                ? $"Job {JobId} is past its last stage."
                : $"Job {JobId} has no stages and waits for no other job as a whole; to let a paused job go on, resume it.");
        }
        tx.Save(RolloutGate.Look(job, progress with { StagesPassed = progress.StagesPassed + 1 }, tx.Now));
        return Advanced(tx, job, $"stage {progress.StagesPassed + 1}");
    }

    private AdvanceJobResponse Advanced(JobsTransaction tx, Job job, string passed)
    {
        tx.Save(job, job, "advanced", Comment is null ? $"past {passed}" : $"past {passed}: {Comment}");
        return new(JobId, passed);
    }
}

/// <param name="Passed">What the job stood at: a stage by its number from 1, or the wait for other jobs by their ids.</param>
public sealed record AdvanceJobResponse(string JobId, string Passed);
