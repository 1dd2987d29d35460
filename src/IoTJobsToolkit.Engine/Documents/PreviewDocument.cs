namespace IoTJobsToolkit.Engine.Documents;

/// <summary>A document as a thing would get it, without what would let its reader in; asked by the portal, not by callers.</summary>
internal sealed record PreviewDocument(string JobId, string ThingName, long ExecutionNumber) : Operation<string>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override string Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        return DocumentDelivery.Deliver(
            tx, tx.Document(job), job.PresignedUrlConfig, new(ThingName, JobId, ExecutionNumber, tx.Now), new PresignerWithoutSecrets(tx.Services.ObjectStore));
    }
}
