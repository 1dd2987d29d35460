using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Controls;

/// <summary>What a thing's turn is in a job that others come before.</summary>
internal enum ThingTurn
{
    Now,
    Later,
    Never,
}

/// <summary>Holds a job, or a thing's part of it, until the jobs it depends on are done.</summary>
internal static class Dependencies
{
    /// <summary>The jobs which hold a new one as a whole.</summary>
    public static IReadOnlyList<long> Of(JobsTransaction tx, JobControls? controls) => controls is { DependencyScope: DependencyScope.JOB }
        ? [.. controls.DependsOn.Where(first => tx.FindJob(first.Sequence)?.Status != JobStatus.COMPLETED).Select(first => first.Sequence)]
        : [];

    /// <summary>Whether the thing may have its execution; a job that is gone has succeeded on nothing.</summary>
    public static ThingTurn TurnOf(JobsTransaction tx, Job job, Thing thing)
    {
        var turn = ThingTurn.Now;
        foreach (var dependency in PerThing(job))
        {
            var first = tx.FindJob(dependency.Sequence);
            var executions = first is null ? [] : tx.ExecutionsOf(first, thing).ToList();
            if (executions.Any(execution => execution.Status == JobExecutionStatus.SUCCEEDED))
            {
                continue;
            }
            if (first is not { CanBeUpdated: true } && executions.All(execution => execution.HasEnded))
            {
                return ThingTurn.Never;
            }
            turn = ThingTurn.Later;
        }
        return turn;
    }

    public static IReadOnlyList<JobDependency> PerThing(Job job) => job.Controls is { DependencyScope: DependencyScope.THING } controls ? controls.DependsOn : [];

    /// <summary>An execution of a job ended: those which wait for it on the thing come, or never will.</summary>
    public static void Follow(JobsTransaction tx, Job first, JobExecution ended)
    {
        foreach (var sequence in tx.Memory.DependentsOf(first.Sequence))
        {
            if (tx.FindJob(sequence) is { CanBeUpdated: true } job && PerThing(job).Count > 0 && Sweeping.IsOpen(job, tx.Progress(job), tx.Now) &&
                tx.FindPostponed(job, ended.ThingName) is { } waiting && waiting.ThingSequence == ended.ThingSequence)
            {
                PostponedSlice.Settle(tx, job, waiting);
                Outcome.CompleteIfDone(tx, job);
            }
        }
    }

    /// <summary>
    /// A job ended: the jobs which wait for it as a whole begin where it is COMPLETED, else they are for a person; what waits on its things is looked at once more.
    /// </summary>
    public static void Follow(JobsTransaction tx, Job first)
    {
        foreach (var sequence in tx.Memory.DependentsOf(first.Sequence))
        {
            if (tx.FindJob(sequence) is not { CanBeUpdated: true } job)
            {
                continue;
            }
            var progress = tx.Progress(job);
            if (PerThing(job).Count > 0)
            {
                tx.Save(Pausing.Release(progress, tx.Now));
            }
            else if (first.Status == JobStatus.COMPLETED && progress.WaitsFor.Contains(first.Sequence))
            {
                progress = progress with { WaitsFor = [.. progress.WaitsFor.Where(other => other != first.Sequence)] };
                tx.Save(Pausing.Release(progress, tx.Now));
                tx.Save(job, job, "dependency met", first.JobId);
            }
            else if (progress.WaitsFor.Contains(first.Sequence))
            {
                tx.Save(progress with { LostDependency = first.JobId });
                tx.Save(job, job, "dependency lost", $"{first.JobId}, {first.Status}");
            }
        }
    }
}
