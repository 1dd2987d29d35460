using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>A piece of durable background work: what is due of a job, or of a deleted group.</summary>
internal static class Slice
{
    public static bool MayRun(JobsMemory memory, JobsSettings settings, long sequence) => memory.FindJob(sequence) is { } job
        ? MayRun(job.Progress, settings)
        : memory.FindGroup(sequence) is { } group && GroupClearing.MayRun(memory, group);

    public static bool MayRun(JobProgress progress, JobsSettings settings) =>
        progress.Sweep?.Kind != SweepKind.Delete || !settings.DeletionPaused;

    /// <summary>Runs a slice of at most <paramref name="size"/> executions of whatever this sequence names.</summary>
    public static void Run(JobsTransaction tx, long sequence, int size)
    {
        if (tx.FindJob(sequence) is { } job)
        {
            var progress = tx.Progress(job);
            if (progress.Sweep is { } sweep)
            {
                SweepSlice.Run(tx, job, sweep, size);
            }
            else if (progress.Rollout is { } rollout)
            {
                RolloutSlice.Run(tx, job, rollout, size);
            }
        }
        else if (tx.FindGroup(sequence) is { DeletedAt: not null } group)
        {
            GroupClearing.Run(tx, group, size);
        }
    }
}
