using IoTJobsToolkit.Cmdlets.Connection.Keys;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>Where requests go and how they are signed; clients of equal targets are one.</summary>
/// <param name="Control">Address of the control plane, and of the data plane where <paramref name="Data"/> is null.</param>
internal sealed record RemoteTarget(Uri Control, string Region, KeySource Keys)
{
    public Uri? Data { get; init; }

    /// <summary>A PEM file of those who may have issued the server's certificate besides whom this machine trusts; null for none.</summary>
    public string? AuthoritiesPath { get; init; }

    /// <summary>AWS IoT itself: it does not tell when its work is done, and has none of the toolkit's own operations.</summary>
    public bool IsAws { get; init; }

    public string Address => Control.AbsoluteUri.TrimEnd('/');
}
