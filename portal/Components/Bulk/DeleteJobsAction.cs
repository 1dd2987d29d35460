using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Actions;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Bulk;

/// <summary>Deletes jobs with their executions; with force also those which have not ended (jobs-reference 15.1).</summary>
public sealed record DeleteJobsAction(IReadOnlyList<string> JobIds, bool Force) : JobsAction(JobIds, Force)
{
    /// <summary>As many as may be deleted at a time.</summary>
    private const int AtATime = 10;

    public override string Label => Force ? "Force delete" : "Delete";

    public override string Question => Force ? "Delete these jobs, also those which have not ended?" : "Delete these jobs?";

    public override string Done => "being deleted";

    protected override string Verb => "Delete";

    public override bool IsPossible(JobDetail job) => DeleteJobAction.IsPossible(job, false) || Force && DeleteJobAction.IsPossible(job, true);

    public override OperatorAction Of(string jobId) => new DeleteJobAction(jobId, Force);

    protected override string Effects(IReadOnlyList<JobDetail> possible)
    {
        var counts = possible.Select(job => job.Counts()).ToList();
        var (queued, running) = (counts.Sum(c => c.Queued), counts.Sum(c => c.InProgress));
        var lost = (queued, running) switch
        {
            (0, 0) => "",
            (_, 0) => $"; {queued.Figure()} queued are never carried out",
            (0, _) => $"; {running.Figure()} in progress can no longer report",
            _ => $"; {queued.Figure()} queued are never carried out, {running.Figure()} in progress can no longer report",
        };
        var pace = possible.Count > AtATime ? " Ten are deleted at a time: the others wait here for their turn." : "";
        return $"Deletes {Jobs(possible.Count)} with {counts.Sum(c => c.Total).Figure("execution", "executions")}{lost}. This cannot be undone.{pace}";
    }

    protected override string Why(JobDetail job, bool isOne) => (job.Status, isOne) switch
    {
        (JobStatus.DELETION_IN_PROGRESS, _) => $"{Is(job.Status, isOne)} already",
        (_, true) => "has not ended and stays: cancel it first, or delete by force",
        _ => "have not ended and stay: cancel them first, or delete by force",
    };
}
