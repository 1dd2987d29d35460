using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Actions;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Bulk;

/// <summary>Stops jobs: their rollouts and queued executions; with force those in progress too (jobs-reference 14).</summary>
public sealed record CancelJobsAction(IReadOnlyList<string> JobIds, bool Force) : JobsAction(JobIds, Force)
{
    public override string Label => Force ? "Force cancel" : "Cancel";

    public override string Question => Force ? "Cancel these jobs, with all that is in progress?" : "Cancel these jobs?";

    public override string Done => "canceled";

    public override bool TakesReason => true;

    protected override string Verb => "Cancel";

    public override bool IsPossible(JobDetail job) => CancelJobAction.IsPossible(job, false) || Force && CancelJobAction.IsPossible(job, true);

    public override OperatorAction Of(string jobId) => new CancelJobAction(jobId, Force);

    protected override string Effects(IReadOnlyList<JobDetail> possible)
    {
        var counts = possible.Select(job => job.Counts()).ToList();
        var (queued, running) = (counts.Sum(c => c.Queued), counts.Sum(c => c.InProgress));
        var canceled = queued == 1 ? "1 queued execution is canceled" : $"{queued.Figure()} queued executions are canceled";
        var rest = (Force, running) switch
        {
            (_, 0) => "; none is in progress",
            (false, 1) => "; 1 in progress goes on",
            (false, _) => $"; {running.Figure()} in progress go on",
            (true, 1) => ", and 1 in progress, whose device can no longer report",
            (true, _) => $", and {running.Figure()} in progress, whose devices can no longer report",
        };
        return $"Cancels {Jobs(possible.Count)}: {canceled}{rest}.";
    }

    protected override string Why(JobDetail job, bool isOne) => (job.Status, isOne) switch
    {
        (JobStatus.DELETION_IN_PROGRESS, _) => $"{Is(job.Status, isOne)} already",
        (_, true) => "has ended already and stays",
        _ => "have ended already and stay",
    };
}
