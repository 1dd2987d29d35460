using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>One slice of a cancel, delete or purge of all executions of a job (jobs-reference 14, 15, 16.3).</summary>
internal static class SweepSlice
{
    public static void Run(JobsTransaction tx, Job job, JobSweep sweep, int size)
    {
        var executions = tx.Store.ReadExecutions(job.Sequence, sweep.After, size);
        foreach (var execution in executions.Select(tx.Current).OfType<JobExecution>())
        {
            switch (sweep.Kind)
            {
                case SweepKind.Delete:
                    tx.Save(execution, null);
                    break;
                case SweepKind.Purge:
                    tx.Purge(execution);
                    break;
                default:
                    Cancel(tx, job, execution);
                    break;
            }
        }

        var progress = tx.Progress(job);
        var left = sweep.Kind == SweepKind.Cancel
            ? progress.Counts.Queued + (sweep.Force ? progress.Counts.InProgress : 0)
            : progress.Counts.Total;
        if (executions.Count == size && left > 0)
        {
            tx.Save(progress with { Sweep = sweep with { After = executions[^1].Key } });
        }
        else
        {
            Finish(tx, job, sweep, size);
        }
    }

    private static void Cancel(JobsTransaction tx, Job job, JobExecution execution)
    {
        if (Sweeping.AsOf(job, tx.Progress(job), execution, tx.Now) is var swept && swept != execution)
        {
            tx.Save(execution, swept);
        }
    }

    private static void Finish(JobsTransaction tx, Job job, JobSweep sweep, int size)
    {
        switch (sweep.Kind)
        {
            case SweepKind.Delete:
                tx.Record(new(job.Sequence, tx.NextSequence(), tx.Now, sweep.By, "deleted", job.Status, null));
                tx.Changes.Gone[(tx.Now, job.Sequence)] = new(tx.Now, job.Sequence, job.JobId);
                tx.Raise(JobEventStatus.DELETED, job);
                tx.Delete(job);
                break;
            case SweepKind.Purge:
                if (Retention.ClearHistory(tx, job.Sequence, size))
                {
                    tx.Delete(job);
                }
                break;
            default:
                FinishCancel(tx, tx.FindJob(job.Sequence)!, sweep);
                break;
        }
    }

    /// <param name="job">As this slice left it: a timer that it worked off may have aborted or completed the job.</param>
    private static void FinishCancel(JobsTransaction tx, Job job, JobSweep sweep)
    {
        var wasToldAlready = tx.Progress(job).Sweep is null;
        tx.Save(tx.Progress(job) with { Sweep = null });
        tx.Record(new(job.Sequence, tx.NextSequence(), tx.Now, sweep.By, "all executions canceled", job.Status, job.Status));
        switch (job.Status)
        {
            case JobStatus.CANCELED when !wasToldAlready:
                tx.Raise(JobEventStatus.CANCELED, job);
                break;
            case JobStatus.COMPLETED:
                tx.Raise(JobEventStatus.COMPLETED, job);
                break;
            case JobStatus.IN_PROGRESS:
                Outcome.CompleteIfDone(tx, job);
                break;
        }
    }
}
