using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>One slice of a cancel or delete of all executions of a job (jobs-reference 14, 15).</summary>
internal static class SweepSlice
{
    public static void Run(JobsTransaction tx, Job job, JobSweep sweep, int size)
    {
        var executions = tx.Store.ReadExecutions(job.Sequence, sweep.After, size);
        foreach (var stored in executions)
        {
            if (tx.Current(stored) is not { } execution)
            {
                continue;
            }
            if (sweep.Kind == SweepKind.Delete)
            {
                tx.Save(execution, null);
            }
            else if (execution.Cancel(sweep.Force, sweep.Origin, sweep.By, sweep.At) is { } canceled)
            {
                tx.Save(execution, canceled);
            }
        }

        var progress = tx.Progress(job);
        var left = sweep.Kind == SweepKind.Delete
            ? progress.Counts.Total
            : progress.Counts.Queued + (sweep.Force ? progress.Counts.InProgress : 0);
        var isDone = executions.Count < size || left == 0;
        if (isDone && sweep.Kind == SweepKind.Delete)
        {
            tx.Delete(job);
            return;
        }
        tx.Save(progress with { Sweep = isDone ? null : sweep with { After = executions[^1].Key } });
        if (isDone)
        {
            tx.Record(new(job.Sequence, tx.NextSequence(), tx.Now, sweep.By, "all executions canceled", job.Status, job.Status));
        }
    }
}
