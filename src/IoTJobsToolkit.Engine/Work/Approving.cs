using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>A job that needs approval is made, and held like a paused one, until somebody other than its author lets it go, or nobody did in time.</summary>
internal static class Approving
{
    /// <summary>The reason code of a job that somebody denied.</summary>
    public const string Denied = "APPROVAL_DENIED";

    /// <summary>That of a job which nobody approved in time.</summary>
    public const string Expired = "APPROVAL_EXPIRED";

    public static JobProgress Approve(JobProgress progress, DateTimeOffset now) => Pausing.Release(progress with { Approval = null }, now);

    public static void Deny(JobsTransaction tx, Job job, string? comment) => Cancel(tx, job, Denied, comment, tx.Caller.Name);

    public static void Expire(JobsTransaction tx, Job job) =>
        Cancel(tx, job, Expired, "Nobody approved it in time.", Caller.System.Name);

    /// <summary>Nothing of it has reached a device: there is nothing to force.</summary>
    private static void Cancel(JobsTransaction tx, Job job, string reason, string? comment, string by) =>
        Cancellation.Begin(tx, job, job.Cancel(force: false, reason, comment, tx.Now)!, ChangeOrigin.Operator, by);
}
