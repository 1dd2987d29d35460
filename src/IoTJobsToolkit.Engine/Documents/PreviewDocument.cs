namespace IoTJobsToolkit.Engine.Documents;

/// <summary>A document as a thing would get it, without what would let its reader in; asked by the portal, not by callers.</summary>
internal sealed record PreviewDocument(string JobId, string ThingName, long ExecutionNumber) : Operation<string>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override string Run(JobsTransaction tx) =>
        DocumentDelivery.Deliver(tx, tx.Job(JobId), ThingName, ExecutionNumber, new WithoutSecrets(tx.Services.ObjectStore));

    /// <summary>Signs as the other does, so that its refusals are the same, and takes away all that is not known to be harmless.</summary>
    private sealed class WithoutSecrets(IPresigner presigner) : IPresigner
    {
        private static readonly string[] Harmless = ["X-Amz-Algorithm", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "versionId", "x-id"];

        public string Presign(PresignRequest request)
        {
            var url = presigner.Presign(request);
            var query = url.IndexOf('?', StringComparison.Ordinal) + 1;
            return query == 0 ? url : url[..query] + string.Join('&', url[query..].Split('&').Select(Shown));
        }

        private static string Shown(string parameter)
        {
            var name = parameter.Split('=', 2)[0];
            return Harmless.Contains(name, StringComparer.OrdinalIgnoreCase) ? parameter : $"{name}=…";
        }
    }
}
