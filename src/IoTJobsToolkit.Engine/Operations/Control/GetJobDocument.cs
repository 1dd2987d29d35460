using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>
/// Returns the document as it was stored, presign placeholders untouched; with <see cref="BeforeSubstitution"/> the text of a managed
/// template as it was before its parameters were filled in (jobs-reference 12.3).
/// </summary>
public sealed record GetJobDocument(string JobId) : Operation<GetJobDocumentResponse>
{
    public bool? BeforeSubstitution { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.JobId(JobId);

    internal override GetJobDocumentResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        return new(BeforeSubstitution == true && TemplateOrigin.ManagedText(job) is { } template ? template : tx.Document(job));
    }
}

public sealed record GetJobDocumentResponse(string Document);
