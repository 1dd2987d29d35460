using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Tries a job once more on the things where it failed last: in the job while it has not ended, else in a new one that is made of it.</summary>
/// <param name="Reason">Only what failed for this reason; null for any.</param>
public sealed record RetryFailuresAction(string JobId, string? Reason) : OperatorAction
{
    public override string Label => "Try again";

    public override string Question => Reason is null ? "Try again where it failed?" : "Try again where it failed for this reason?";

    public override LiveScope Scope => new(JobId);

    public override bool TakesComment => true;

    public override bool IsDestructive => false;

    public static bool IsPossible(JobStatus status) => status != JobStatus.DELETION_IN_PROGRESS;

    public static ActionEffect Effect(JobStatus status, string? reason)
    {
        if (!IsPossible(status))
        {
            return new("The job is being deleted.", null);
        }
        var where = reason is null ? "whose last attempt failed, was rejected or timed out" : $"whose last attempt ended with “{reason}”";
        return status is JobStatus.IN_PROGRESS or JobStatus.SCHEDULED
            ? new($"Another attempt for each thing {where}.", "Try again")
            : new($"The job has ended: a new one is made of it, for the things {where}. It begins at once.", "Make the new job");
    }

    public override async Task<ActionEffect> LookAsync(IJobs jobs) => Effect(await StatusAsync(jobs), Reason);

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        var things = await ThingsAsync(jobs);
        if (things.Count == 0)
        {
            return "Nothing is left to try again: later attempts are under way, or did better.";
        }
        var counted = ((long)things.Count).Figure("thing", "things");
        if (await StatusAsync(jobs) is JobStatus.IN_PROGRESS or JobStatus.SCHEDULED)
        {
            await Many.ForEachAsync(things, "tried again", name => jobs.ExecuteAsync(new RestartJobExecution(JobId, name)));
            return $"{counted} {(things.Count == 1 ? "gets" : "get")} another attempt.";
        }
        var restarted = await JobRestart.RunAsync(jobs, JobId, await JobRestart.FindFreeIdAsync(jobs, JobId), things, comment);
        return $"Job {restarted.NewJobId} is made for {counted}.";
    }

    private async Task<JobStatus> StatusAsync(IJobs jobs) => (await jobs.ExecuteAsync(new DescribeJob(JobId))).Job.Status;

    private async Task<List<string>> ThingsAsync(IJobs jobs)
    {
        var things = new List<string>();
        string? token = null;
        do
        {
            var page = await jobs.ExecuteAsync(new ListJobFailures(JobId) { Reason = Reason, IsLatest = true, NextToken = token });
            things.AddRange(page.Failures.Select(failure => failure.ThingName));
            token = page.NextToken;
        }
        while (token is not null);
        return things;
    }
}
