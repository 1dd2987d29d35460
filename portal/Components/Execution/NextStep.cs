using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Components.Times;

namespace IoTJobsToolkit.Portal.Components.Execution;

/// <summary>What an execution waits for, a sentence with a point in time at its end where there is one.</summary>
/// <param name="IsBad">Somebody should look after it.</param>
public sealed record NextStep(string Text, DateTimeOffset? At = null, bool IsBad = false)
{
    /// <summary>A device in progress which is silent for so long may be stuck.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<NextStep> Of(
        FoundExecution found, JobDetail job, DescribeThingConnectivityResponse? connectivity, DateTimeOffset now) => found.Execution.Status switch
    {
        _ when job.Status == JobStatus.DELETION_IN_PROGRESS => [new("The job is being deleted, and this execution with it.")],
        JobExecutionStatus.QUEUED => [.. Queued(found, job), .. Connection(connectivity)],
        JobExecutionStatus.IN_PROGRESS => [Silent(found.Execution, now), .. Connection(connectivity), Timer(found.Execution, now)],
        _ => [Ended(found)],
    };

    private static IEnumerable<NextStep> Queued(FoundExecution found, JobDetail job)
    {
        if (found.Pause is { } pause)
        {
            yield return new($"Waits until somebody resumes the job, which {pause.By} paused{(pause.Comment is { } comment ? $" ({comment})" : "")} at", pause.At);
        }
        else if (found.WaitsForWindow)
        {
            yield return job switch
            {
                { ScheduledJobRollouts: [var next, ..] } when ScheduleTime.TryParse(next.StartTime, out var opens) =>
                    new("Waits for the job's maintenance window, which opens at", opens),
                { SchedulingConfig.StartTime: { } start } when ScheduleTime.TryParse(start, out var starts) => new("Waits for the job to start at", starts),
                _ => new("Waits for a maintenance window of the job, and none will open any more.", IsBad: true),
            };
        }
        else if (found.Before.Count > 0)
        {
            var (comes, running) = (found.Before.Count == 1 ? "comes" : "come", found.Before.Count(e => e.Status == JobExecutionStatus.IN_PROGRESS));
            yield return new(
                $"Waits: {((long)found.Before.Count).Figure("other execution", "other executions")} of this thing {comes} first" +
                (running == 0 ? "." : $", {(running == found.Before.Count ? "" : $"{running} of them ")}in progress."));
        }
        else
        {
            yield return new("It is the next which the device gets when it asks.");
        }
    }

    private static NextStep Silent(JobExecution execution, DateTimeOffset now)
    {
        var silence = now - execution.LastUpdatedAt;
        return silence < TimeSpan.FromMinutes(1)
            ? new("The device works on it and has reported within the last minute.")
            : new($"The device has not reported for {Lasting.Text(TimeSpan.FromMinutes(Math.Floor(silence.TotalMinutes)))}.", IsBad: silence >= Silence);
    }

    private static IEnumerable<NextStep> Connection(DescribeThingConnectivityResponse? connectivity) => connectivity switch
    {
        null => [],
        { Connected: true, Timestamp: { } at } => [new("The device is connected since", at)],
        { Timestamp: { } at } => [new("The device is not connected since", at, IsBad: true)],
        _ => [new("The device has never been connected by MQTT; by HTTP it asks without being connected.")],
    };

    private static NextStep Timer(JobExecution execution, DateTimeOffset now) => execution.Deadline is { } deadline
        ? new(deadline > now ? $"Times out in {Lasting.Text(TimeSpan.FromSeconds(Math.Floor((deadline - now).TotalSeconds)))}, at" : "Times out now, at", deadline)
        : new("No timer runs: it stays in progress until the device reports, or somebody cancels it by force.");

    private static NextStep Ended(FoundExecution found)
    {
        var next = found.OfThing.FirstOrDefault(other => other.Number > found.Execution.Number);
        return next is null
            ? new($"It has ended: {found.Execution.Status.Words().ToLowerInvariant()}. Nothing more comes of it.")
            : new($"It has ended: {found.Execution.Status.Words().ToLowerInvariant()}. Execution {next.Number.Figure()} followed, which is {next.Status.Words().ToLowerInvariant()}.");
    }
}
