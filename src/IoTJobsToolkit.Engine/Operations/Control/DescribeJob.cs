using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Returns one job, whatever its status.</summary>
public sealed record DescribeJob(string JobId) : Operation<DescribeJobResponse>
{
    public bool? BeforeSubstitution { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.JobId(JobId);

    internal override DescribeJobResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        return new(JobDetail.Of(job, progress, tx.Settings, tx.Now)) { DocumentSource = job.DocumentSource };
    }
}

public sealed record DescribeJobResponse(JobDetail Job)
{
    /// <summary>Present when the document was fetched from there at creation.</summary>
    public string? DocumentSource { get; init; }

    [JsonIgnore]
    public string JobId => Job.JobId;

    [JsonIgnore]
    public string JobArn => Job.JobArn;

    [JsonIgnore]
    public JobStatus Status => Job.Status;
}
