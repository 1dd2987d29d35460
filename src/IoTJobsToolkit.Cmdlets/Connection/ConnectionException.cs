using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>There is no way to the jobs, for a reason which the user can mend. Never holds a secret.</summary>
internal sealed class ConnectionException(string id, ErrorCategory category, string message, object? target, Exception? inner = null)
    : Exception(message, inner)
{
    public string Id { get; } = id;

    public ErrorCategory Category { get; } = category;

    public object? Target { get; } = target;

    public required string NextStep { get; init; }
}
