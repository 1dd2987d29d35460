using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists the jobs that are paused, by id: since when, by whom and why.</summary>
public sealed record ListPausedJobs : Operation<ListPausedJobsResponse>
{
    private const string List = nameof(ListPausedJobs);

    /// <summary>This job alone, if it is paused; all when absent.</summary>
    public string? JobId { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check)
    {
        check.Text("jobId", JobId, 1, 64, TextPattern.JobId);
        check.MaxResults(MaxResults);
    }

    internal override ListPausedJobsResponse Run(JobsTransaction tx)
    {
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var looked = JobId is null ? tx.Memory.VisibleJobs : tx.FindJob(JobId) is { } one ? [new(one, tx.Progress(one))] : [];
        var paused = looked
            .Where(entry => entry is { Job.CanBeUpdated: true, Progress.Pause: not null } && string.CompareOrdinal(entry.Job.JobId, after) > 0)
            .OrderBy(entry => entry.Job.JobId, StringComparer.Ordinal);
        var (page, nextToken) = Page.Cut(paused, MaxResults, last => PageToken.Write(List, last.Job.JobId));
        return new([.. page.Select(entry => Of(entry.Job, entry.Progress.Pause!))]) { NextToken = nextToken };
    }

    private static PauseJobResponse Of(Job job, JobPause pause) => new(job.JobId, pause.At, pause.By) { Comment = pause.Comment };
}

/// <param name="Jobs">As PauseJob answered.</param>
public sealed record ListPausedJobsResponse(IReadOnlyList<PauseJobResponse> Jobs)
{
    public string? NextToken { get; init; }
}
