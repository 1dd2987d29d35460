using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Controls;

/// <summary>Whether the results since a job's last resume pause it.</summary>
internal static class PauseRule
{
    /// <summary>Pauses the job as the system where a criterion is met; it goes on when somebody resumes it.</summary>
    public static void Follow(JobsTransaction tx, Job job)
    {
        var progress = tx.Progress(job);
        if (job.Controls is not { PauseCriteriaList.Count: > 0 } controls || progress.Pause is not null)
        {
            return;
        }
        var counts = progress.Counts.Since(progress.CountedFrom);
        foreach (var criterion in controls.PauseCriteriaList)
        {
            if (AbortRule.Met(criterion.FailureType, criterion.MinNumberOfExecutedThings, criterion.ThresholdPercentage, counts) is { } figures)
            {
                var comment = $"Paused automatically: {figures}";
                tx.Save(Pausing.Begin(progress, new(tx.Now, Caller.System.Name, comment)));
                tx.Save(job, job, "paused", comment);
                return;
            }
        }
    }
}
