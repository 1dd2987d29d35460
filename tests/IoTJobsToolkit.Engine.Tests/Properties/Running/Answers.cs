using System.Globalization;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Tests.Properties.Model;

namespace IoTJobsToolkit.Engine.Tests.Properties.Running;

/// <summary>Answers as text, alike for the engine and the model: what a caller learns, without messages and documents.</summary>
internal static class Answers
{
    public const string Done = "done";

    public const string Nothing = "nothing pending";

    public static string Refused(JobsError error, string? state) => state is null ? $"refused {error}" : $"refused {error}: {state}";

    public static string Refused(JobsException refusal) => Refused(refusal.Error, refusal.ExecutionState is { } state
        ? State(state) + (refusal.IsVersionMismatch ? " version mismatch" : "")
        : null);

    public static string Of(object? response) => response switch
    {
        StartNextPendingJobExecutionResponse { Execution: { } execution } => Of(execution),
        StartNextPendingJobExecutionResponse => Nothing,
        DescribeJobExecutionResponse { Execution: { } execution } => Of(execution),
        DescribeJobExecutionResponse => Nothing,
        UpdateJobExecutionResponse { ExecutionState: { } state } => State(state),
        _ => Done,
    };

    public static string Of(ModelExecution execution, DateTimeOffset now) => Text(
        execution.Job.JobId, execution.Number, State(execution),
        execution.QueuedAt.ToUnixTimeSeconds(), execution.StartedAt?.ToUnixTimeSeconds(), execution.LastUpdatedAt.ToUnixTimeSeconds(),
        execution.Deadline is { } deadline ? (long)Math.Floor((deadline - now).TotalSeconds) : null);

    public static string State(ModelExecution execution) => State(execution.Status.ToString(), execution.Version, execution.Details);

    public static string Details(IReadOnlyDictionary<string, string>? details) =>
        string.Join(",", (details ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Of(DeviceJobExecution execution) => Text(
        execution.JobId, execution.ExecutionNumber, State(execution.Status.ToString(), execution.VersionNumber, execution.StatusDetails),
        execution.QueuedAt, execution.StartedAt, execution.LastUpdatedAt, execution.ApproximateSecondsBeforeTimedOut);

    private static string State(JobExecutionState state) => State(state.Status.ToString(), state.VersionNumber, state.StatusDetails);

    private static string State(string status, long version, IReadOnlyDictionary<string, string>? details) =>
        string.Create(CultureInfo.InvariantCulture, $"{status} v{version} {{{Details(details)}}}");

    private static string Text(string jobId, long number, string state, long queued, long? started, long updated, long? left) =>
        string.Create(CultureInfo.InvariantCulture, $"{jobId}#{number} {state} queued {queued} started {started} updated {updated} seconds left {left}");
}
