using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Measures;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// A dry run of CreateJob: refused where that would be, else what the job would do if it were created now. Nothing is created. Where the rate of the
/// rollout grows with what succeeded, every thing is taken to succeed within its minute.
/// </summary>
/// <param name="Job">As for CreateJob.</param>
public sealed record MeasureJob(CreateJob Job) : Operation<JobMeasure>
{
    /// <summary>The request with what its template gives, its targets, and how far earlier turns of this call have counted.</summary>
    internal (CreateJob Request, IReadOnlyList<JobTarget> Targets, TargetWalk Walk)? Counted { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override void Validate(Check check)
    {
        check.Required("job", Job);
        Job.Validate(check);
    }

    internal override async ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        this with { Job = (CreateJob)await Job.PrepareAsync(services, cancellationToken).ConfigureAwait(false) };

    internal override JobMeasure Run(JobsTransaction tx)
    {
        var (request, targets, walk) = Counted ?? Begin(tx);
        (walk, var isDone) = walk.Run(tx, targets);
        return isDone
            ? new Measuring(tx, request, walk).Measure()
            : throw new GoesOnException(this with { Counted = (request, targets, walk) });
    }

    private (CreateJob, IReadOnlyList<JobTarget>, TargetWalk) Begin(JobsTransaction tx) => TemplateOrigin.With(
        tx, Job, filled => (filled, (IReadOnlyList<JobTarget>)filled.CheckAll(tx), TargetWalk.Start));
}
