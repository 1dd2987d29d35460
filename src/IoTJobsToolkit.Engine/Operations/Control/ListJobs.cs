using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Lists jobs by status, newest first inside a status (OPEN-25); filters combine with AND.</summary>
public sealed record ListJobs : Operation<ListJobsResponse>
{
    public JobStatus? Status { get; init; }

    public TargetSelection? TargetSelection { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    public string? ThingGroupName { get; init; }

    public string? ThingGroupId { get; init; }

    public string? NamespaceId { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    private string List => $"ListJobs|{Status}|{TargetSelection}|{ThingGroupName}|{ThingGroupId}|{NamespaceId}";

    internal override void Validate(Check check)
    {
        check.Defined("status", Status);
        check.Defined("targetSelection", TargetSelection);
        check.MaxResults(MaxResults);
        check.Text("thingGroupName", ThingGroupName, 1, 128, TextPattern.Name);
        check.Text("thingGroupId", ThingGroupId, 1, 128, TextPattern.GroupId);
        check.NamespaceId(NamespaceId);
    }

    internal override ListJobsResponse Run(JobsTransaction tx)
    {
        var groups = Groups(tx);
        // The order is of one commit; a job that moved in it since is left out here and stands at its new place.
        var (jobs, nextToken) = Page.Cut(
            Keys(tx.Memory).Select(key => (Key: key, Entry: tx.Memory.FindJob(key.JobId)))
                .Where(job => job.Entry is not null && JobListKey.Of(job.Entry.Job) == job.Key && Matches(job.Entry.Job, groups)),
            MaxResults,
            last => PageToken.Write(
                List,
                ((int)last.Key.Status).ToString(CultureInfo.InvariantCulture),
                last.Key.CreatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture),
                last.Key.JobId));
        return new([.. jobs.Select(job => JobSummary.Of(job.Entry!.Job, job.Entry.Progress, tx.Settings))]) { NextToken = nextToken };
    }

    private IEnumerable<JobListKey> Keys(JobsMemory memory)
    {
        var order = memory.JobOrder;
        var first = Status is { } status ? new JobListKey(status, DateTimeOffset.MaxValue, "") : default(JobListKey?);
        if (PageToken.Read(List, NextToken, 3) is [var tokenStatus, var createdAt, var jobId])
        {
            first = new(
                (JobStatus)int.Parse(tokenStatus, CultureInfo.InvariantCulture),
                new(long.Parse(createdAt, CultureInfo.InvariantCulture), TimeSpan.Zero),
                jobId);
        }
        // IndexOf gives the complement of the place where an absent key would stand.
        var index = first is { } key ? order.IndexOf(key) : ~0;
        index = index >= 0 ? index + 1 : ~index;
        for (; index < order.Count && (Status is null || order[index].Status == Status); index++)
        {
            yield return order[index];
        }
    }

    private List<long>? Groups(JobsTransaction tx)
    {
        if (ThingGroupName is null && ThingGroupId is null)
        {
            return null;
        }
        var named = ThingGroupName is null ? tx.Memory.Groups : tx.FindGroup(ThingGroupName) is { } one ? [one] : [];
        var groups = named
            .Where(group => ThingGroupId is null || tx.Settings.ResourceId("thinggroup", group.Sequence) == ThingGroupId)
            .Select(group => group.Sequence)
            .ToList();
        return groups.Count > 0 ? groups : throw JobsException.NotFound($"There is no thing group {ThingGroupName ?? ThingGroupId}.");
    }

    private bool Matches(Job job, List<long>? groups) =>
        (TargetSelection is null || job.TargetSelection == TargetSelection) &&
        (NamespaceId is null || job.NamespaceId == NamespaceId) &&
        (groups is null || job.Targets.Any(target => target.Kind == TargetKind.ThingGroup && groups.Contains(target.Sequence)));
}

public sealed record ListJobsResponse(IReadOnlyList<JobSummary> Jobs)
{
    public string? NextToken { get; init; }
}
