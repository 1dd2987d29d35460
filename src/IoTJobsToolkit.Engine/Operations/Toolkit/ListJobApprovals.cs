using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists the jobs that wait for approval, by id: since when, of whom, and until when they may.</summary>
public sealed record ListJobApprovals : Operation<ListJobApprovalsResponse>
{
    private const string List = nameof(ListJobApprovals);

    /// <summary>This job alone, if it waits; all when absent.</summary>
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

    internal override ListJobApprovalsResponse Run(JobsTransaction tx)
    {
        var (page, nextToken) = HeldJobs.Page(tx, List, JobId, MaxResults, NextToken, progress => progress.Approval);
        return new([.. page.Select(held => new JobApprovalRequest(held.JobId, held.Hold.RequestedAt, held.Hold.By, held.Hold.ExpiresAt))]) { NextToken = nextToken };
    }
}

public sealed record ListJobApprovalsResponse(IReadOnlyList<JobApprovalRequest> Jobs)
{
    public string? NextToken { get; init; }
}

/// <param name="RequestedBy">The author of the job, who may not approve it.</param>
/// <param name="ExpiresAt">Then it is canceled.</param>
public sealed record JobApprovalRequest(string JobId, DateTimeOffset RequestedAt, string RequestedBy, DateTimeOffset ExpiresAt);
