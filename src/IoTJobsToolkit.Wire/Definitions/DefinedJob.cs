using System.Text.Json;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Definitions;

/// <summary>
/// A job as JSON, to keep beside code: what the AWS CLI takes as <c>create-job --cli-input-json</c>. The document is a text in it; as an object it is read too.
/// </summary>
public static class DefinedJob
{
    public static string Write(CreateJob job) => JsonSerializer.Serialize(job, WireJson.Aws.Readable<CreateJob>());

    /// <summary>One definition, or several in an array.</summary>
    /// <exception cref="JsonException">The text is not JSON, or no definition of a job.</exception>
    public static IReadOnlyList<CreateJob> Read(string json)
    {
        var node = JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false });
        return node switch
        {
            JsonArray several => [.. several.Select(Read)],
            _ => [Read(node)],
        };
    }

    /// <summary>A job that is there, with its document as it was fetched.</summary>
    /// <exception cref="JobsException">There is no such job.</exception>
    public static async Task<CreateJob> FindAsync(IJobs jobs, string jobId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var job = (await jobs.ExecuteAsync(new DescribeJob(jobId), cancellationToken).ConfigureAwait(false)).Job;
        var document = (await jobs.ExecuteAsync(new GetJobDocument(jobId), cancellationToken).ConfigureAwait(false)).Document;
        return new(job.JobId, job.Targets)
        {
            Document = document,
            Description = job.Description,
            PresignedUrlConfig = job.PresignedUrlConfig == new PresignedUrlConfig() ? null : job.PresignedUrlConfig,
            TargetSelection = job.TargetSelection,
            JobExecutionsRolloutConfig = job.JobExecutionsRolloutConfig == new JobExecutionsRolloutConfig() ? null : job.JobExecutionsRolloutConfig,
            AbortConfig = job.AbortConfig,
            TimeoutConfig = job.TimeoutConfig == new TimeoutConfig() ? null : job.TimeoutConfig,
            Tags = await TagsAsync(jobs, job.JobArn, cancellationToken).ConfigureAwait(false) is { Count: > 0 } tags ? tags : null,
            NamespaceId = job.NamespaceId,
            JobExecutionsRetryConfig = job.JobExecutionsRetryConfig,
            SchedulingConfig = job.SchedulingConfig,
            DestinationPackageVersions = job.DestinationPackageVersions,
        };
    }

    /// <summary>The same for things and groups of another account or region, by their names.</summary>
    /// <param name="arnPrefix">How ARNs begin there: up to and with the colon after the account.</param>
    public static CreateJob At(CreateJob job, string arnPrefix)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job with { Targets = [.. job.Targets.Select(target => arnPrefix + target.Split(':', 6)[^1])] };
    }

    private static CreateJob Read(JsonNode? node)
    {
        if (node is not JsonObject definition)
        {
            throw new JsonException("A definition of a job is a JSON object.");
        }
        if (definition["document"] is { } document and not JsonValue)
        {
            definition["document"] = document.ToJsonString();
        }
        return definition.Deserialize(WireJson.Aws.TypeOf<CreateJob>()) is { JobId: not null, Targets: not null } job
            ? job
            : throw new JsonException("A definition of a job has a jobId and targets.");
    }

    /// <summary>All tags of a job, a template or a group.</summary>
    public static async Task<IReadOnlyList<Tag>> TagsAsync(IJobs jobs, string arn, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var tags = new List<Tag>();
        string? token = null;
        do
        {
            var page = await jobs.ExecuteAsync(new ListTagsForResource(arn) { NextToken = token }, cancellationToken).ConfigureAwait(false);
            tags.AddRange(page.Tags);
            token = page.NextToken;
        }
        while (token is not null);
        return tags;
    }
}
