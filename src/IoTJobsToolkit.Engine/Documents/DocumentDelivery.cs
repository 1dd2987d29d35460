using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Documents;

/// <summary>A job's document on its way to a device: placeholders are replaced on every delivery (jobs-reference 10.6).</summary>
internal static class DocumentDelivery
{
    private const int DefaultExpiresInSec = 3600;

    /// <exception cref="JobsException">ServiceUnavailable, when a URL cannot be signed: the message names the setting.</exception>
    public static string Deliver(JobsTransaction tx, Job job, JobExecution execution) =>
        Deliver(tx, tx.Document(job), job.PresignedUrlConfig, new(execution.ThingName, job.JobId, execution.Number, tx.Now), tx.Services.ObjectStore);

    /// <summary>The same for a job or an execution that need not be there.</summary>
    public static string Deliver(JobsTransaction tx, string document, PresignedUrlConfig? presigned, DeliveryContext delivery, IPresigner presigner)
    {
        var context = delivery with
        {
            RoleArn = presigned?.RoleArn,
            ExpiresInSec = (int)(presigned?.ExpiresInSec ?? DefaultExpiresInSec),
            UploadBucket = tx.Services.UploadBucket,
        };
        try
        {
            return JobDocument.Deliver(document, context, presigner);
        }
        catch (PresignException exception)
        {
            throw new JobsException(JobsError.ServiceUnavailable, exception.Message, exception);
        }
    }

    /// <summary>Refuses a document which breaks a rule, or whose URLs this installation cannot sign.</summary>
    public static void Check(JobsTransaction tx, string document, PresignedUrlConfig? presigned)
    {
        var settings = new DocumentSettings { Region = tx.Settings.Region, UploadBucket = tx.Services.UploadBucket };
        if (JobDocument.Check(document, presigned?.RoleArn, settings) is { } problem)
        {
            throw JobsException.InvalidRequest(problem);
        }
        try
        {
            JobDocument.Deliver(
                document,
                new("thing", "job", 1, tx.Now)
                {
                    RoleArn = presigned?.RoleArn,
                    ExpiresInSec = (int)(presigned?.ExpiresInSec ?? DefaultExpiresInSec),
                    UploadBucket = tx.Services.UploadBucket,
                },
                tx.Services.ObjectStore);
        }
        catch (PresignException exception)
        {
            throw new JobsException(JobsError.InvalidRequest, exception.Message, exception);
        }
    }
}
