namespace IoTJobsToolkit.Cmdlets.Connection;

public enum JobsConnectionKind
{
    /// <summary>A database file: in process, or through the server that has it open.</summary>
    File,

    /// <summary>A server of the toolkit, or another one that speaks AWS's API.</summary>
    Server,

    /// <summary>AWS IoT itself.</summary>
    Aws,
}

/// <summary>Where the cmdlets of this process find their jobs.</summary>
public abstract record JobsConnection
{
    private protected JobsConnection()
    {
    }

    public abstract JobsConnectionKind Kind { get; }

    /// <summary>The path or the address, for messages.</summary>
    internal abstract string Place { get; }

    /// <summary>The server that was named; null where none was.</summary>
    internal virtual Uri? Address => null;

    /// <summary>The way to the jobs, held until it is disposed of.</summary>
    /// <param name="patience">How long it may wait for a file which another process is about to give up.</param>
    internal abstract Lease Use(TimeSpan patience, CancellationToken cancellationToken);
}
