using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>Why a request is not done, in MQTT's words (mqtt-api 5).</summary>
/// <param name="State">What the execution is really in, where the request did not fit that.</param>
internal sealed record Rejection(string Code, string Message, JobExecutionState? State = null)
{
    private const string InternalError = nameof(InternalError);

    /// <summary>What happened is for the server's log alone.</summary>
    public static Rejection Fault { get; } = new(InternalError, "The server failed; its log tells why.");

    public static Rejection InvalidTopic { get; } = new(
        nameof(InvalidTopic),
        "No request is published to this topic. Below $aws/things/THING/jobs/ there are get, start-next, JOB/get, JOB/update and $next/get; " +
        "for a namespace get-namespace-NS, start-next-namespace-NS, JOB/namespace-NS/get and JOB/namespace-NS/update.");

    public static Rejection InvalidJson(string message) => new(nameof(InvalidJson), message);

    /// <summary>Devices try again after few codes only, and a server that is not available for the moment is one to ask again.</summary>
    public static Rejection Of(JobsException refusal) => refusal.Error switch
    {
        JobsError.InvalidRequest or JobsError.InvalidQuery => new("InvalidRequest", refusal.Message),
        JobsError.ResourceNotFound => new("ResourceNotFound", refusal.Message),
        JobsError.VersionConflict => new("VersionMismatch", refusal.Message, refusal.ExecutionState),
        JobsError.InvalidStateTransition =>
            new(refusal.IsVersionMismatch ? "VersionMismatch" : "InvalidStateTransition", refusal.Message, refusal.ExecutionState),
        JobsError.TerminalState => new("TerminalStateReached", refusal.Message),
        JobsError.Throttling => new("RequestThrottled", refusal.Message),
        JobsError.InternalFailure => Fault,
        _ => new(InternalError, refusal.Message),
    };
}
