using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Controls;
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

    /// <summary>The rollout makes no execution while so many are QUEUED or IN_PROGRESS: 1..1000000; retries and joins come beside.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>When the job pauses itself, until it is resumed; up to 10.</summary>
    public IReadOnlyList<PauseCriteria>? PauseCriteriaList { get; init; }

    /// <summary>Where the rollout stops until enough has succeeded or <see cref="AdvanceJob"/> lets it go on; up to 20, then the rest follows.</summary>
    public IReadOnlyList<RolloutStage>? Stages { get; init; }

    /// <summary>For how long an execution has to have SUCCEEDED before it counts for stages and for the growth of the rate: 1..10080 minutes.</summary>
    public int? VerificationInMinutes { get; init; }

    /// <summary>Of the executions QUEUED on one thing those of the highest are handed out first: -1000..1000; 0 when absent, as all jobs of AWS's clients.</summary>
    public int? Priority { get; init; }

    /// <summary>Ids of jobs that come first, up to 10: those that are there now.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }

    /// <summary>Whether the job waits until those are COMPLETED (JOB, when absent), or each of its things until they have SUCCEEDED there (THING).</summary>
    public DependencyScope? DependencyScope { get; init; }

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
        ControlConstraints.Check(check, this);
    }

    internal override async ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        this with { Job = (CreateJob)await Job.PrepareAsync(services, cancellationToken).ConfigureAwait(false) };

    internal override ActivityNote Note(JobsTransaction tx) =>
        Job.Note(tx) is var note ? note with { Details = [.. note.Details, RequireApproval == true ? "needs approval" : null, After()] } : note;

    internal override CreateJobResponse Run(JobsTransaction tx) => (Job with { Approval = Approval(tx), Controls = Controls(tx) }).Run(tx);

    private string? After() => DependsOn is { Count: > 0 } ? $"after {string.Join(", ", DependsOn)}" : null;

    private JobControls? Controls(JobsTransaction tx)
    {
        var controls = new JobControls
        {
            MaxInFlight = MaxInFlight,
            PauseCriteriaList = [.. PauseCriteriaList ?? []],
            Stages = [.. Stages ?? []],
            VerificationInMinutes = VerificationInMinutes,
            Priority = Priority ?? 0,
            DependsOn = [.. (DependsOn ?? []).Distinct(StringComparer.Ordinal).Select(jobId => Dependency(tx, jobId))],
            DependencyScope = DependencyScope ?? Engine.Controls.DependencyScope.JOB,
        };
        return controls.IsAny ? controls : null;
    }

    private JobDependency Dependency(JobsTransaction tx, string jobId)
    {
        var first = tx.Job(jobId);
        if (first.Status == JobStatus.DELETION_IN_PROGRESS || first.Status == JobStatus.CANCELED && DependencyScope != Engine.Controls.DependencyScope.THING)
        {
            throw JobsException.InvalidRequest($"Job {jobId} is {first.Status}: a job that waited for it would never begin.");
        }
        return new(jobId, first.Sequence);
    }

    private JobApproval? Approval(JobsTransaction tx) => RequireApproval == true
        ? new(tx.Now, tx.Caller.Name, tx.Now + TimeSpan.FromMinutes(ApprovalWithinMinutes ?? DefaultApprovalMinutes))
        : null;
}
