using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Creates a job as CreateJob does, under controls that AWS does not have. To AWS's clients the job is one whose devices have not come yet.
/// </summary>
/// <param name="Job">As for CreateJob.</param>
public sealed record CreateControlledJob(CreateJob Job) : Operation<CreateJobResponse>
{
    internal const long DefaultApprovalMinutes = 7 * 24 * 60;

    /// <summary>No executions are made before an operator other than the one who creates the job has approved it (<see cref="ApproveJob"/>).</summary>
    public bool? RequireApproval { get; init; }

    /// <summary>For how long it may wait for that, in minutes: 1..43200 (30 days); 7 days when absent. Then it is canceled.</summary>
    public long? ApprovalWithinMinutes { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.Required("job", Job);
        Job.Validate(check);
        check.Range("approvalWithinMinutes", ApprovalWithinMinutes, 1, 43_200);
        if (ApprovalWithinMinutes is not null && RequireApproval != true)
        {
            throw JobsException.InvalidRequest("approvalWithinMinutes is given, but requireApproval is not.");
        }
    }

    internal override async ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        this with { Job = (CreateJob)await Job.PrepareAsync(services, cancellationToken).ConfigureAwait(false) };

    internal override ActivityNote Note(JobsTransaction tx) =>
        Job.Note(tx) is var note ? note with { Details = [.. note.Details, RequireApproval == true ? "needs approval" : null] } : note;

    internal override CreateJobResponse Run(JobsTransaction tx) => (Job with { Approval = Approval(tx) }).Run(tx);

    private JobApproval? Approval(JobsTransaction tx) => RequireApproval == true
        ? new(tx.Now, tx.Caller.Name, tx.Now + TimeSpan.FromMinutes(ApprovalWithinMinutes ?? DefaultApprovalMinutes))
        : null;
}
