using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine;

/// <summary>AWS's exception names (http-api 6); <c>Exception</c> is added on the wire.</summary>
public enum JobsError
{
    InvalidRequest,
    InvalidQuery,
    ResourceNotFound,
    ResourceAlreadyExists,
    InvalidStateTransition,
    VersionConflict,
    LimitExceeded,
    TerminalState,
    AccessDenied,

    /// <summary>The id of a job template is in use.</summary>
    Conflict,

    /// <summary>Too many requests of a kind within a second.</summary>
    Throttling,

    /// <summary>The store cannot be used, now or any more.</summary>
    ServiceUnavailable,

    /// <summary>Something went wrong that nobody foresaw.</summary>
    InternalFailure,
}

/// <summary>The state of an execution which a device's request did not fit (http-api 13.2).</summary>
public sealed record JobExecutionState
{
    public JobExecutionStatus Status { get; init; }

    public IReadOnlyDictionary<string, string>? StatusDetails { get; init; }

    public long VersionNumber { get; init; }

    public static JobExecutionState Of(JobExecution execution) => new()
    {
        Status = execution.Status,
        StatusDetails = execution.StatusDetails.Count > 0 ? execution.StatusDetails : null,
        VersionNumber = execution.VersionNumber,
    };
}

/// <summary>A refusal: nothing has changed. The message names the field, the value and the rule.</summary>
public sealed class JobsException : Exception
{
    public JobsException(JobsError error, string message)
        : base(message) => Error = error;

    public JobsException(JobsError error, string message, Exception inner)
        : base(message, inner) => Error = error;

    public JobsError Error { get; }

    /// <summary>
    /// AWS's name, as in the header <c>x-amzn-ErrorType</c>. What a server refuses may have a name which <see cref="JobsError"/> does not
    /// know, such as <c>UnrecognizedClientException</c>.
    /// </summary>
    public string Name { get => field ?? Error + "Exception"; init; }

    /// <summary>Id of the resource in the way; with <see cref="JobsError.ResourceAlreadyExists"/> and <see cref="JobsError.Conflict"/>.</summary>
    public string? ResourceId { get; init; }

    public string? ResourceArn { get; init; }

    /// <summary>What the execution is really in; with device operations.</summary>
    public JobExecutionState? ExecutionState { get; init; }

    /// <summary>True when an expected version did not match: MQTT has a code of its own for it (jobs-reference 16.1).</summary>
    public bool IsVersionMismatch { get; init; }

    public static JobsException InvalidRequest(string message) => new(JobsError.InvalidRequest, message);

    public static JobsException NotFound(string message) => new(JobsError.ResourceNotFound, message);

    public static JobsException LimitExceeded(string message) => new(JobsError.LimitExceeded, message);

    public static JobsException InvalidStateTransition(string message, JobExecution? execution = null) =>
        new(JobsError.InvalidStateTransition, message)
        {
            ExecutionState = execution is null ? null : JobExecutionState.Of(execution),
        };

    public static JobsException AlreadyExists(string message, string resourceId, string resourceArn) =>
        new(JobsError.ResourceAlreadyExists, message) { ResourceId = resourceId, ResourceArn = resourceArn };

    public static JobsException Conflict(string message, string resourceId) => new(JobsError.Conflict, message) { ResourceId = resourceId };

    public static JobsException VersionConflict(long expected, long found) =>
        new(JobsError.VersionConflict, VersionText(expected, found)) { IsVersionMismatch = true };

    /// <summary>The device's form of a version conflict (OPEN-20).</summary>
    public static JobsException VersionMismatch(long expected, JobExecution execution) =>
        new(JobsError.InvalidStateTransition, VersionText(expected, execution.VersionNumber))
        {
            ExecutionState = JobExecutionState.Of(execution),
            IsVersionMismatch = true,
        };

    private static string VersionText(long expected, long found) => $"Expected version {expected} but found version {found}";
}
