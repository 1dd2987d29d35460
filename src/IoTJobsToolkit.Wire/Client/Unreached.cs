using System.Net.Sockets;
using System.Security.Authentication;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>What to tell a caller whose request got no answer.</summary>
internal static class Unreached
{
    public static FailedTry TimedOut(ServerAddress address, Operation operation, TimeSpan timeout, Exception cause) => new(
        Aftermath.Unknown,
        Unavailable($"{address} did not answer {operation.Name} within {timeout.TotalSeconds:0.###} s.", cause));

    /// <summary>Cancelled by neither the caller nor the time of the try: the handler gave up connecting.</summary>
    public static FailedTry NotConnected(ServerAddress address, Exception cause)
    {
        var message = $"{address} accepts no connection within {Connections.ConnectTimeout.TotalSeconds:0} s. Check the address, and firewalls on the way.";
        // Nothing was sent: who looks at the cause shall not take it for a request that was not answered in time.
        return new(Aftermath.NotDone, Unavailable(message, new HttpRequestException(HttpRequestError.ConnectionError, message, cause)));
    }

    public static FailedTry Of(ServerAddress address, Operation operation, Exception cause)
    {
        var detail = cause.GetBaseException().Message.TrimEnd('.');
        return (cause as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new(
                Aftermath.NotDone, Unavailable($"The host of {address} is not found. Check its spelling, and this machine's name resolution.", cause)),
            HttpRequestError.ConnectionError when cause.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new(
                Aftermath.NotDone, Unavailable($"Nothing listens at {address}. Check that the server runs, and the address.", cause)),
            HttpRequestError.ConnectionError => new(
                Aftermath.NotDone, Unavailable($"There is no connection to {address}: {detail}. Check that the server runs, and the address.", cause)),
            HttpRequestError.ProxyTunnelError => new(
                Aftermath.NotDone, Unavailable($"The proxy makes no connection to {address}: {detail}. Check the proxy that this environment names.", cause)),
            HttpRequestError.SecureConnectionError => new(
                cause.InnerException is AuthenticationException ? Aftermath.Refused : Aftermath.NotDone,
                Unavailable(
                    $"There is no secure connection to {address}: {Untrusted(detail)}. Check that the server speaks TLS (or begin the address with http), " +
                    "and that its certificate is trusted: a server of this toolkit hands out its authority at /toolkit/ca.",
                    cause)),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => new(
                Aftermath.Unknown, Unavailable($"What answers at {address} does not speak HTTP: {detail}. Check the address (http or https?).", cause)),
            HttpRequestError.ConfigurationLimitExceeded => new(
                Aftermath.Refused, Unavailable($"{address} answered {operation.Name} with what is no answer of AWS IoT's API: {detail}. Check the address.", cause)),
            _ => new(Aftermath.Unknown, Unavailable($"The connection to {address} was lost before {operation.Name} was answered: {detail}.", cause)),
        };
    }

    /// <summary>Who else is trusted is looked at by a function of ours, of which nobody needs to read.</summary>
    private static string Untrusted(string detail) =>
        detail.Contains("ValidationCallback", StringComparison.Ordinal) ? "its certificate is not trusted, or is for another name" : detail;

    private static JobsException Unavailable(string message, Exception cause) => new(JobsError.ServiceUnavailable, message, cause);
}
