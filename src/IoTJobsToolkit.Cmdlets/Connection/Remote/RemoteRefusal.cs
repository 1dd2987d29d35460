using System.Management.Automation;
using System.Net.Sockets;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>What ails the way to a server, as an error record.</summary>
internal static class RemoteRefusal
{
    /// <summary>Null for what the way is not to blame for.</summary>
    public static ErrorRecord? ToErrorRecord(Exception exception, RemoteTarget target) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Record(
            exception, "ServerNotTrusted", ErrorCategory.SecurityError, target,
            $"There is no secure connection to {target.Address}: {Innermost(exception)}",
            "Let this machine trust the authority that signed the server's certificate, or correct the address."),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Record(
            exception, "ServerNotFound", ErrorCategory.ResourceUnavailable, target,
            $"The name in {target.Address} is not known: {Innermost(exception)}",
            target.IsAws ? "Correct the region with Connect-IoTJobs -Region, and see that this machine reaches the internet." : "Correct the address with Connect-IoTJobs -Endpoint."),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => Record(
            exception, "ServerNotReachable", ErrorCategory.ResourceUnavailable, target,
            $"Nothing listens at {target.Address}.",
            "Start the server, or connect elsewhere with Connect-IoTJobs."),
        HttpRequestException or IOException or SocketException => Record(
            exception, "ServerNotReachable", ErrorCategory.ConnectionError, target,
            $"There is no connection to {target.Address}: {Innermost(exception)}",
            "See that the server runs and that this machine reaches it, or connect elsewhere with Connect-IoTJobs."),
        TimeoutException or OperationCanceledException => Record(
            exception, "ServerTimeout", ErrorCategory.OperationTimeout, target,
            $"{target.Address} has not answered in time. Whether it did what was asked is not known.",
            "See with a Get- cmdlet what there is now, then try again."),
        _ => null,
    };

    private static ErrorRecord Record(Exception exception, string id, ErrorCategory category, RemoteTarget target, string message, string nextStep) =>
        new(exception, id, category, target.Address) { ErrorDetails = new(message) { RecommendedAction = nextStep } };

    private static string Innermost(Exception exception) => exception.GetBaseException().Message;
}
