using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Errors;

/// <summary>A refusal in wire form.</summary>
/// <param name="Name">The value of the header <c>x-amzn-ErrorType</c>.</param>
public sealed record ErrorAnswer(int Status, string Name, ErrorBody Body)
{
    public const string Header = "x-amzn-ErrorType";

    /// <summary>In the words of an operation.</summary>
    public static ErrorAnswer Of(JobsException refusal, Route route)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(route);
        var name = refusal.Error switch
        {
            JobsError.InternalFailure => route.Faults.Unexpected,
            JobsError.ServiceUnavailable => route.Faults.Unavailable,
            JobsError.AccessDenied => route.Faults.Denied,
            _ => refusal.Name,
        };
        return new(ErrorNames.Status(name, route.Plane), name, new(refusal.Message)
        {
            ResourceId = refusal.ResourceId,
            ResourceArn = refusal.ResourceArn,
            ExecutionState = refusal.ExecutionState,
        });
    }

    public static ErrorAnswer Of(string name, string message, Plane plane = Plane.Control) =>
        new(ErrorNames.Status(name, plane), name, new(message));

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(Body, WireJson.Aws.TypeOf<ErrorBody>());
}

public sealed record ErrorBody(string Message)
{
    /// <summary>With ResourceAlreadyExistsException and ConflictException.</summary>
    public string? ResourceId { get; init; }

    public string? ResourceArn { get; init; }

    /// <summary>With a device's InvalidStateTransitionException.</summary>
    public JobExecutionState? ExecutionState { get; init; }
}
