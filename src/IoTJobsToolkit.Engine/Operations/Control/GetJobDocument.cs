using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Returns the document as it was stored, placeholders untouched.</summary>
public sealed record GetJobDocument(string JobId) : Operation<GetJobDocumentResponse>
{
    public bool? BeforeSubstitution { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.JobId(JobId);

    internal override GetJobDocumentResponse Run(JobsTransaction tx) => new(tx.Document(tx.Job(JobId)));
}

public sealed record GetJobDocumentResponse(string Document);
