using System.Text.Json;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

/// <summary>What was asked of a job, to be compared with what was asked of another.</summary>
internal static class JobText
{
    public static string Of(JobDetail job) => JsonSerializer.Serialize(job with
    {
        JobId = "", JobArn = "", CreatedAt = default, LastUpdatedAt = default, CompletedAt = null, JobProcessDetails = new(), Status = default, IsConcurrent = false,
    });
}
