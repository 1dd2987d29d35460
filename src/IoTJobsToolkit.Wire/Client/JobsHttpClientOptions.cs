using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>Where a <see cref="JobsHttpClient"/> finds its server, as whom it comes, and how patient it is.</summary>
public sealed record JobsHttpClientOptions
{
    /// <summary>Such as <c>http://127.0.0.1:8080</c> or <c>https://iot.eu-west-1.amazonaws.com</c>; a path in it goes before every request's.</summary>
    public required Uri ControlEndpoint { get; init => field = Checked(value); }

    /// <summary>The address of what devices call; null when it is the control plane's.</summary>
    public Uri? DataEndpoint { get; init => field = value is null ? null : Checked(value); }

    /// <summary>The region that requests are signed for.</summary>
    public string Region
    {
        get;
        init => field = value is { Length: > 0 } && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? value
            : throw new ArgumentException($"'{value}' is not the name of a region; give one such as us-east-1.", nameof(value));
    } = "us-east-1";

    /// <summary>
    /// Asked before every try, so that a key which is replaced while the client lives is taken up; null for a server with
    /// <c>Jobs:Auth=Open</c>, whose requests are not signed.
    /// </summary>
    public Func<CancellationToken, ValueTask<SigV4Credentials>>? Credentials { get; init; }

    /// <summary>How often a request is sent at the most; 1 for no retry.</summary>
    public int MaxAttempts
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A request is sent at least once: give 1 or more.");
    } = 4;

    /// <summary>How long one try may take: a little longer than a server takes its time, so that the server's own words are heard.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A try may take more than nothing and up to a day.");
    } = TimeSpan.FromSeconds(75);

    /// <summary>Who may have issued the server's certificate besides those whom this machine trusts: its <c>jobs.ca.pem</c>.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>How the client names itself, one of <see cref="UserAgents"/>: a server records by which door a change came.</summary>
    public string UserAgent { get; init; } = UserAgents.Program;

    /// <summary>False for AWS IoT itself, which does not have the routes that only this product has.</summary>
    public bool HasToolkitRoutes { get; init; } = true;

    private static Uri Checked(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") || endpoint.Host.Length == 0)
        {
            throw new ArgumentException("An endpoint is an address such as http://127.0.0.1:8080 or https://iot.eu-west-1.amazonaws.com.", nameof(endpoint));
        }
        if (endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            // It is not repeated here: what stands before the @ may be a password.
            throw new ArgumentException("An endpoint has no user, query or fragment: requests are signed with Credentials.", nameof(endpoint));
        }
        return endpoint;
    }
}
