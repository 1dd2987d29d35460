using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>A file cannot be signed; the message never holds anything secret.</summary>
internal sealed class SigningException(string id, ErrorCategory category, object target, string message, string nextStep, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The first part of the error's id; it stays the same in every version.</summary>
    public string Id { get; } = id;

    public ErrorCategory Category { get; } = category;

    /// <summary>The path, key or placeholder in question.</summary>
    public object Target { get; } = target;

    public string NextStep { get; } = nextStep;
}
