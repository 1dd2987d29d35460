using System.Globalization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Tests.Properties.Model;

namespace IoTJobsToolkit.Engine.Tests.Properties.Running;

/// <summary>An execution as the engine and the model are compared by it.</summary>
internal sealed record ExecutionView(
    string JobId, string Thing, long Number, JobExecutionStatus Status, long Version, int RetryAttempt, DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt, DateTimeOffset LastUpdatedAt, bool ForceCanceled, string Details, DateTimeOffset? Deadline)
{
    public static ExecutionView Of(JobExecution e) => new(
        e.JobId, e.ThingName, e.Number, e.Status, e.VersionNumber, e.RetryAttempt, e.QueuedAt, e.StartedAt, e.LastUpdatedAt,
        e.Status == JobExecutionStatus.CANCELED && e.ForceCanceled, Answers.Details(e.StatusDetails), e.Deadline);

    public static ExecutionView Of(ModelExecution e) => new(
        e.Job.JobId, e.Thing.Name, e.Number, e.Status, e.Version, e.RetryAttempt, e.QueuedAt, e.StartedAt, e.LastUpdatedAt,
        e.ForceCanceled, Answers.Details(e.Details), e.Deadline);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{JobId} {Thing} #{Number} {Status} v{Version} attempt {RetryAttempt} queued {Clock.Text(QueuedAt)} started {Clock.Text(StartedAt)} " +
        $"updated {Clock.Text(LastUpdatedAt)}{(ForceCanceled ? " forced" : "")} {{{Details}}} deadline {Clock.Text(Deadline)}");
}

/// <summary>A job likewise.</summary>
internal sealed record JobView(
    string JobId, JobStatus Status, bool IsConcurrent, string Counters, bool? ForceCanceled, string? ReasonCode, string? Comment,
    DateTimeOffset CreatedAt, DateTimeOffset LastUpdatedAt, DateTimeOffset? CompletedAt, string Targets, IReadOnlyList<string> Processing)
{
    public static JobView Of(JobDetail job) => new(
        job.JobId, job.Status, job.IsConcurrent, CountersOf(job.JobProcessDetails), job.ForceCanceled, job.ReasonCode, job.Comment,
        job.CreatedAt, job.LastUpdatedAt, job.CompletedAt, string.Join(" ", job.Targets.Select(Short)),
        [.. (job.JobProcessDetails.ProcessingTargets ?? []).Select(Short)]);

    public static JobView Of(ModelJob job, JobsModel model) => new(
        job.JobId, job.Status, job is { Status: JobStatus.IN_PROGRESS, IsRollingOut: true },
        string.Join(" ", Enum.GetValues<JobExecutionStatus>().Select(status => model.Counter(job, status))), job.ForceCanceled, job.ReasonCode, job.Comment,
        job.CreatedAt, job.LastUpdatedAt, job.CompletedAt, string.Join(" ", job.Targets.Select(target => Short(target.Arn))),
        [.. model.Processing(job).Select(target => Short(target.Arn))]);

    /// <summary>In the order of <see cref="JobExecutionStatus"/>.</summary>
    public static string CountersOf(JobProcessDetails d) => string.Create(CultureInfo.InvariantCulture,
        $"{d.NumberOfQueuedThings} {d.NumberOfInProgressThings} {d.NumberOfSucceededThings} {d.NumberOfFailedThings} " +
        $"{d.NumberOfTimedOutThings} {d.NumberOfRejectedThings} {d.NumberOfRemovedThings} {d.NumberOfCanceledThings}");

    public override string ToString() =>
        $"{JobId} {Status}{(IsConcurrent ? " concurrent" : "")} counters {Counters} forceCanceled {ForceCanceled} {ReasonCode} '{Comment}' created " +
        $"{Clock.Text(CreatedAt)} updated {Clock.Text(LastUpdatedAt)} completed {Clock.Text(CompletedAt)} targets {Targets}";

    private static string Short(string arn) => arn[(arn.LastIndexOf(':') + 1)..];
}

/// <summary>What a thing's device sees, in order.</summary>
internal static class PendingView
{
    public static string Of(string thing, GetPendingJobExecutionsResponse pending) =>
        $"{thing} in progress [{Texts(pending.InProgressJobs)}] queued [{Texts(pending.QueuedJobs)}]";

    public static string Of(string thing, IReadOnlyCollection<ModelExecution> pending) =>
        $"{thing} in progress [{Texts(pending, JobExecutionStatus.IN_PROGRESS)}] queued [{Texts(pending, JobExecutionStatus.QUEUED)}]";

    private static string Texts(IEnumerable<PendingJobExecution> executions) =>
        string.Join(", ", executions.Select(e => Text(e.JobId, e.ExecutionNumber, e.VersionNumber)));

    private static string Texts(IEnumerable<ModelExecution> executions, JobExecutionStatus status) =>
        string.Join(", ", executions.Where(e => e.Status == status).Select(e => Text(e.Job.JobId, e.Number, e.Version)));

    private static string Text(string jobId, long number, long version) => string.Create(CultureInfo.InvariantCulture, $"{jobId}#{number} v{version}");
}

/// <summary>Times as programs print them.</summary>
internal static class Clock
{
    public static string Text(DateTimeOffset? at) => at?.ToString("dd HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "-";
}
