using IoTJobsToolkit.Portal.Components.Layout;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Components.Times;
using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Components.Watch;

/// <summary>What is wrong, how bad it is, and where to act: a line of three parts.</summary>
/// <param name="Figure">The number that says how bad it is.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Href">Where to act; null where nothing in the portal helps.</param>
public sealed record TroubleWords(string Figure, string Unit, string Cause, string Act, string? Href)
{
    public static TroubleWords Of(Trouble trouble, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(trouble);
        var job = trouble.JobId is { } jobId ? PortalLinks.Job(jobId) : null;
        var figure = trouble.Count.Figure();
        var span = trouble.At is { } at ? Duration.Words(at > now ? at - now : now - at) : "";
        return trouble.Kind switch
        {
            TroubleKind.EngineStopped => new(
                "!", "engine", $"has stopped: {trouble.Detail} Nothing is carried out until it runs again.", "Look at the server's log and the database's disk, then restart the server", null),
            TroubleKind.AbortNear => new(
                figure, trouble.Count == 1 ? "failure left" : "failures left",
                $"{trouble.Detail}: {trouble.Count.Figure("more failure cancels", "more failures cancel")} it.", "Look at its failures", PortalLinks.FailuresOf(trouble.JobId!)),
            TroubleKind.DevicesSilent or TroubleKind.DevicesSilentForLong => new(
                figure, trouble.Count == 1 ? "device silent" : "devices silent",
                trouble.Count == 1 ? $"in progress on {trouble.Detail}, which was last heard {span} ago." : $"in progress, the longest {trouble.Detail} for {span}.",
                trouble.Count == 1 ? "Look at the thing" : "Look at what is in progress",
                trouble.Count == 1 ? PortalLinks.Thing(trouble.Detail!) : PortalLinks.InProgressOf(trouble.JobId!)),
            TroubleKind.TimeoutsComing => new(
                figure, trouble.Count == 1 ? "timeout coming" : "timeouts coming", $"within the hour, the first on {trouble.Detail} {(trouble.At > now ? $"in {span}" : "now")}.",
                trouble.Count == 1 ? "Look at the thing" : "Look at what is in progress",
                trouble.Count == 1 ? PortalLinks.Thing(trouble.Detail!) : PortalLinks.InProgressOf(trouble.JobId!)),
            TroubleKind.Stuck or TroubleKind.StuckForLong when trouble.Count == 0 => new("", "rollout stuck", $"nothing has moved for {span}.", "Look at the job", job),
            TroubleKind.Stuck or TroubleKind.StuckForLong => new(
                figure, trouble.Count == 1 ? "execution stuck" : "executions stuck", $"nothing has moved for {span}.", "Look at the job", job),
            TroubleKind.DeletionsFull => new(
                figure, "deletions", "are in progress, the most at a time: more are refused until one is done.", "Look at them", $"{PortalLinks.Jobs}?status=DELETION_IN_PROGRESS"),
            TroubleKind.DeletionsMany => new(figure, "deletions", "are in progress; ten at a time are the most.", "Look at them", $"{PortalLinks.Jobs}?status=DELETION_IN_PROGRESS"),
            TroubleKind.AwaitsApproval => new("", "awaits approval", $"of somebody other than {trouble.Detail}; without it the job is canceled in {span}.", "Approve or deny it", job),
            TroubleKind.PausedItself => new("", "paused itself", $"{span} ago: {trouble.Detail![(trouble.Detail!.IndexOf(": ", StringComparison.Ordinal) + 2)..]}", "Look at its failures, then resume or cancel it", job),
            TroubleKind.AtStage => new("", "rollout stands", $"for {span}, at {trouble.Detail}: nothing will move it by itself.", "Advance or cancel it", job),
            TroubleKind.DependencyLost => new("", "waits in vain", $"for {trouble.Detail}, which was not completed.", "Advance or cancel it", job),
            TroubleKind.Paused => new("", "paused", $"for {span}, by {trouble.Detail}", "Look at the job", job),
            _ => new("", "next start", $"in {span}, at", "Look at the job", job),
        };
    }
}
