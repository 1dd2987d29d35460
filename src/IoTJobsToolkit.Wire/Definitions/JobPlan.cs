using System.Text.Json;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Definitions;

public enum JobPlanAction
{
    Nothing,
    Create,
    Update,
}

/// <summary>A member in which a job and its definition differ, as JSON.</summary>
/// <param name="There">Null where the job has none.</param>
/// <param name="Wanted">Null where the definition has none.</param>
public sealed record JobMemberChange(string Member, string? There, string? Wanted)
{
    public override string ToString() => There is null ? $"{Member}: {Wanted}" : $"{Member}: {There} -> {Wanted ?? "none"}";
}

/// <summary>What it takes to make a job what its definition says. Once done, there is nothing left to do.</summary>
/// <param name="Problem">Why it cannot be done; null where it can.</param>
public sealed record JobPlan(CreateJob Wanted, JobPlanAction Action, IReadOnlyList<JobMemberChange> Changes, string? Problem = null)
{
    /// <summary>What UpdateJob changes; it cannot take anything away.</summary>
    private static readonly string[] Changeable =
        ["description", "presignedUrlConfig", "jobExecutionsRolloutConfig", "abortConfig", "timeoutConfig", "jobExecutionsRetryConfig"];

    private CreateJob? There { get; init; }

    private string? JobArn { get; init; }

    /// <summary>Compares a definition with what is there.</summary>
    public static async Task<JobPlan> OfAsync(IJobs jobs, CreateJob wanted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(wanted);
        DescribeJobResponse found;
        try
        {
            found = await jobs.ExecuteAsync(new DescribeJob(wanted.JobId), cancellationToken).ConfigureAwait(false);
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.ResourceNotFound)
        {
            return new(wanted, JobPlanAction.Create, []);
        }
        var job = found.Job;
        var there = AsSaid(await DefinedJob.FindAsync(jobs, wanted.JobId, cancellationToken).ConfigureAwait(false), found, wanted);
        var changes = Differences(there, wanted);
        return changes.Count == 0
            ? new(wanted, JobPlanAction.Nothing, changes)
            : new(wanted, JobPlanAction.Update, changes, ProblemOf(job, there, wanted, changes)) { There = there, JobArn = job.JobArn };
    }

    /// <summary>Does it; some of an update may be done when a later part of it is refused.</summary>
    /// <exception cref="JobsException">It was refused.</exception>
    public async Task RunAsync(IJobs jobs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (Problem is not null)
        {
            throw JobsException.InvalidRequest(Problem);
        }
        if (Action == JobPlanAction.Create)
        {
            await jobs.ExecuteAsync(Wanted, cancellationToken).ConfigureAwait(false);
        }
        else if (Action == JobPlanAction.Update)
        {
            await UpdateAsync(jobs, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task UpdateAsync(IJobs jobs, CancellationToken cancellationToken)
    {
        var changed = Changes.Select(change => change.Member).ToHashSet();
        if (changed.Overlaps(Changeable))
        {
            await jobs.ExecuteAsync(
                new UpdateJob(Wanted.JobId)
                {
                    NamespaceId = Wanted.NamespaceId,
                    Description = changed.Contains("description") ? Wanted.Description : null,
                    PresignedUrlConfig = changed.Contains("presignedUrlConfig") ? Wanted.PresignedUrlConfig : null,
                    JobExecutionsRolloutConfig = changed.Contains("jobExecutionsRolloutConfig") ? Wanted.JobExecutionsRolloutConfig : null,
                    AbortConfig = changed.Contains("abortConfig") ? Wanted.AbortConfig : null,
                    TimeoutConfig = changed.Contains("timeoutConfig") ? Wanted.TimeoutConfig : null,
                    JobExecutionsRetryConfig = changed.Contains("jobExecutionsRetryConfig") ? Wanted.JobExecutionsRetryConfig : null,
                },
                cancellationToken).ConfigureAwait(false);
        }
        if (Wanted.Targets.Except(There!.Targets).ToList() is { Count: > 0 } added)
        {
            await jobs.ExecuteAsync(new AssociateTargetsWithJob(Wanted.JobId, added) { NamespaceId = Wanted.NamespaceId }, cancellationToken).ConfigureAwait(false);
        }
        if (changed.Contains("tags"))
        {
            await RetagAsync(jobs, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RetagAsync(IJobs jobs, CancellationToken cancellationToken)
    {
        var (before, after) = (There!.Tags ?? [], Wanted.Tags ?? []);
        if (before.Select(tag => tag.Key!).Except(after.Select(tag => tag.Key!), StringComparer.Ordinal).ToList() is { Count: > 0 } gone)
        {
            await jobs.ExecuteAsync(new UntagResource(JobArn!, gone), cancellationToken).ConfigureAwait(false);
        }
        if (after.Except(before).ToList() is { Count: > 0 } set)
        {
            await jobs.ExecuteAsync(new TagResource(JobArn!, set), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? ProblemOf(JobDetail job, CreateJob there, CreateJob wanted, IReadOnlyList<JobMemberChange> changes)
    {
        var fixedMembers = changes.Where(change => !MayChange(change, there, wanted)).Select(change => change.Member).ToList();
        return fixedMembers.Count > 0
            ? $"Job {job.JobId} is there with another {string.Join(", ", fixedMembers)}, which cannot be changed: remove that job first, or give this one another jobId."
            : job.Status is not (JobStatus.IN_PROGRESS or JobStatus.SCHEDULED) && changes.Any(change => change.Member != "tags")
            ? $"Job {job.JobId} is {job.Status} and cannot be changed: give this one another jobId."
            : null;
    }

    private static bool MayChange(JobMemberChange change, CreateJob there, CreateJob wanted) => change.Member switch
    {
        "tags" => true,
        "targets" => there.TargetSelection == TargetSelection.CONTINUOUS && !there.Targets.Except(wanted.Targets).Any(),
        var member => Changeable.Contains(member) && change.Wanted is not null,
    };

    /// <summary>The job in the terms of its definition: by its template or the source of its document, where that names them.</summary>
    private static CreateJob AsSaid(CreateJob there, DescribeJobResponse found, CreateJob wanted)
    {
        there = there with
        {
            Document = wanted.Document is null ? null : there.Document,
            DocumentSource = wanted.DocumentSource is null ? null : found.DocumentSource,
        };
        return wanted.JobTemplateArn is null ? there : there with
        {
            JobTemplateArn = found.Job.JobTemplateArn,
            DocumentParameters = found.Job.DocumentParameters,
            Description = wanted.Description is null ? null : there.Description,
            PresignedUrlConfig = wanted.PresignedUrlConfig is null ? null : there.PresignedUrlConfig,
            JobExecutionsRolloutConfig = wanted.JobExecutionsRolloutConfig is null ? null : there.JobExecutionsRolloutConfig,
            AbortConfig = wanted.AbortConfig is null ? null : there.AbortConfig,
            TimeoutConfig = wanted.TimeoutConfig is null ? null : there.TimeoutConfig,
            JobExecutionsRetryConfig = wanted.JobExecutionsRetryConfig is null ? null : there.JobExecutionsRetryConfig,
            SchedulingConfig = wanted.SchedulingConfig is null ? null : there.SchedulingConfig,
            DestinationPackageVersions = wanted.DestinationPackageVersions is null ? null : there.DestinationPackageVersions,
        };
    }

    private static List<JobMemberChange> Differences(CreateJob there, CreateJob wanted)
    {
        var (left, right) = (Members(there), Members(wanted));
        return [.. left.Select(member => member.Key).Union(right.Select(member => member.Key)).Order(StringComparer.Ordinal)
            .Where(member => !JsonNode.DeepEquals(left[member], right[member]))
            .Select(member => new JobMemberChange(member, left[member]?.ToJsonString(), right[member]?.ToJsonString()))];
    }

    /// <summary>What counts, in one form: defaults are said, lists without an order are sorted, the document is what it holds.</summary>
    private static JsonObject Members(CreateJob job)
    {
        var plain = job with
        {
            TargetSelection = job.TargetSelection ?? TargetSelection.SNAPSHOT,
            Targets = [.. job.Targets.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Tags = job.Tags is { Count: > 0 } tags ? [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)] : null,
            JobExecutionsRolloutConfig = job.JobExecutionsRolloutConfig?.Normalized(),
        };
        var members = JsonSerializer.SerializeToNode(plain, WireJson.Aws.TypeOf<CreateJob>())!.AsObject();
        foreach (var (name, value) in members.ToList())
        {
            if (value is JsonObject { Count: 0 } or JsonArray { Count: 0 })
            {
                members.Remove(name);
            }
        }
        if (job.Document is { } document)
        {
            members["document"] = Parsed(document);
        }
        return members;
    }

    private static JsonNode? Parsed(string document)
    {
        try
        {
            return JsonNode.Parse(document);
        }
        catch (JsonException)
        {
            return document;
        }
    }
}
