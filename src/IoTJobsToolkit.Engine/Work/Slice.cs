using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>A piece of durable background work: what is due of a job, of a deleted group, or of one that is being built.</summary>
internal static class Slice
{
    /// <summary>A deleted group waits until those below it are cleared: their things are covered by way of it until they leave.</summary>
    public static bool MayRun(JobsMemory memory, JobsSettings settings, long sequence) =>
        memory.FindJob(sequence) is { } job ? MayRun(job.Progress, settings) : memory.Children(sequence).IsEmpty;

    public static bool MayRun(JobProgress progress, JobsSettings settings) =>
        progress.Sweep?.Kind != SweepKind.Delete || !settings.DeletionPaused;

    /// <summary>Runs a slice of at most <paramref name="size"/> executions of whatever this sequence names.</summary>
    public static void Run(JobsTransaction tx, long sequence, int size)
    {
        if (tx.FindJob(sequence) is { } job)
        {
            RunJob(tx, job, tx.Progress(job), size);
        }
        else if (tx.FindGroup(sequence) is { } group)
        {
            if (group.DeletedAt is not null)
            {
                GroupClearing.Run(tx, group, size);
            }
            else if (group.Status != Things.ThingGroupStatus.ACTIVE)
            {
                GroupBuilding.Run(tx, group, size);
            }
        }
    }

    private static void RunJob(JobsTransaction tx, Job job, JobProgress progress, int size)
    {
        switch (progress.Next?.Work)
        {
            case JobWork.Sweep:
                SweepSlice.Run(tx, job, progress.Sweep!, size);
                break;
            case JobWork.Postponed:
                PostponedSlice.Run(tx, job, size);
                break;
            case JobWork.ApprovalExpiry:
                Approving.Expire(tx, job);
                break;
            case JobWork.Schedule:
                ScheduleChange.Run(tx, job, progress);
                break;
            case JobWork.Rollout:
                RolloutSlice.Run(tx, job, progress.Rollout!, size);
                break;
        }
    }
}
