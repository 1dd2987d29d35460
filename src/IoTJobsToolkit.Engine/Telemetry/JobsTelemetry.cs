namespace IoTJobsToolkit.Engine.Telemetry;

/// <summary>Under which names the product tells of itself by the runtime's own means, for whoever listens.</summary>
public static class JobsTelemetry
{
    /// <summary>Of all instruments.</summary>
    public const string MeterName = "IoTJobsToolkit";

    /// <summary>Of all spans.</summary>
    public const string SourceName = "IoTJobsToolkit";

    internal const string OperationName = "iotjobs.operation.name";
    internal const string JobStatus = "iotjobs.job.status";
    internal const string ExecutionStatus = "iotjobs.execution.status";
    internal const string JobId = "iotjobs.job.id";
    internal const string ThingName = "iotjobs.thing.name";
    internal const string CallerKind = "iotjobs.caller.kind";
    internal const string ErrorType = "error.type";

    /// <summary>Why an operation failed, in one of few words.</summary>
    internal static string ErrorOf(Exception failure) => failure switch
    {
        JobsException refused => refused.Error.ToString(),
        OperationCanceledException => "Canceled",
        _ => failure.GetType().Name,
    };
}
