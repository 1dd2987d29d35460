using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Server.Api;

/// <summary>A refusal before any operation runs.</summary>
internal sealed class ApiRefusal(ErrorAnswer answer) : Exception(answer.Body.Message)
{
    public ErrorAnswer Answer { get; } = answer;
}
