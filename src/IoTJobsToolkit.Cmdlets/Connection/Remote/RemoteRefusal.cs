using System.Management.Automation;
using System.Net.Sockets;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>A server that could not be asked, as an error record.</summary>
internal static class RemoteRefusal
{
    /// <summary>Null for a refusal of the server's own.</summary>
    public static ErrorRecord? ToErrorRecord(Exception exception, RemoteTarget target) =>
        exception is JobsException { Error: JobsError.ServiceUnavailable, InnerException: { } cause } ? Of(exception, cause, target) : null;

    private static ErrorRecord? Of(Exception exception, Exception cause, RemoteTarget target) => cause switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Record(
            exception, "ServerNotTrusted", ErrorCategory.SecurityError, target,
            "Let this machine trust the authority that signed the server's certificate, or correct the address with Connect-IoTJobs."),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Record(
            exception, "ServerNotFound", ErrorCategory.ResourceUnavailable, target,
            target.IsAws ? "Correct -Region, and see that this machine reaches the internet." : "Correct the address with Connect-IoTJobs -Endpoint."),
        HttpRequestException when cause.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Record(
            exception, "ServerNotReachable", ErrorCategory.ResourceUnavailable, target,
            "Start the server, or connect elsewhere with Connect-IoTJobs."),
        OperationCanceledException => Record(
            exception, "ServerTimeout", ErrorCategory.OperationTimeout, target,
            "See with a Get- cmdlet what there is now, then try again."),
        HttpRequestException or IOException => Record(
            exception, "ServerNotReachable", ErrorCategory.ConnectionError, target,
            "See that the server runs and that this machine reaches it, or connect elsewhere with Connect-IoTJobs."),
        _ => null,
    };

    private static ErrorRecord Record(Exception exception, string id, ErrorCategory category, RemoteTarget target, string nextStep) =>
        new(exception, id, category, target.Address) { ErrorDetails = new(exception.Message) { RecommendedAction = nextStep } };
}
