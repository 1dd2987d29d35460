using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;

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
        var (page, nextToken) = HeldJobs.Page(tx, List, JobId, MaxResults, NextToken, progress => progress.Pause);
        return new([.. page.Select(held => Of(held.JobId, held.Hold))]) { NextToken = nextToken };
    }

    private static PauseJobResponse Of(string jobId, JobPause pause) => new(jobId, pause.At, pause.By) { Comment = pause.Comment };
}

/// <param name="Jobs">As PauseJob answered.</param>
public sealed record ListPausedJobsResponse(IReadOnlyList<PauseJobResponse> Jobs)
{
    public string? NextToken { get; init; }
}
