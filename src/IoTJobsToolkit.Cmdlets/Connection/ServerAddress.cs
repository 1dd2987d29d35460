using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>The address of a server as people write it.</summary>
internal static class ServerAddress
{
    /// <param name="source">The parameter or variable which holds the text, for the message.</param>
    /// <exception cref="ConnectionException">It is no address; the text, which may hold a password, is not repeated.</exception>
    public static Uri Read(string text, string source) => TryRead(text, out var endpoint, out var fault)
        ? endpoint
        : throw new ConnectionException("InvalidEndpoint", ErrorCategory.InvalidArgument, $"{source} is no address of a server: {fault}", source)
        {
            NextStep = "Give scheme, host and port, as in http://127.0.0.1:8080 or https://jobs.example.com.",
        };

    public static bool TryRead(string text, [NotNullWhen(true)] out Uri? endpoint, out string fault)
    {
        fault = !Uri.TryCreate(text.Trim(), UriKind.Absolute, out endpoint) || endpoint.Host.Length == 0
            ? "it has no scheme or no host."
            : endpoint switch
            {
                { Scheme: not ("http" or "https") } => $"its scheme is {endpoint.Scheme}, not http or https.",
                { UserInfo.Length: > 0 } => "it must not hold a user name or password.",
                { Query.Length: > 0 } or { Fragment.Length: > 0 } => "it must not have a query or a fragment.",
                _ => "",
            };
        if (fault.Length > 0)
        {
            endpoint = null;
        }
        return endpoint is not null;
    }

    /// <summary>What a user should know before anything is sent there; null for nothing.</summary>
    public static string? Warning(Uri endpoint) => endpoint.Scheme == "http" && !endpoint.IsLoopback
        ? $"Requests to {endpoint.AbsoluteUri.TrimEnd('/')} are signed, but not encrypted: others on the network can read them. Use https where you can."
        : null;
}
