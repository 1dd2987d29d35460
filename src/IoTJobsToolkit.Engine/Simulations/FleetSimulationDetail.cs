namespace IoTJobsToolkit.Engine.Simulations;

/// <summary>How simulated devices reach the service.</summary>
public enum SimulationTransport
{
    /// <summary>Each by a connection of its own to this server's broker.</summary>
    MQTT,

    /// <summary>They ask from time to time, without a connection.</summary>
    IN_PROCESS,
}

/// <summary>A simulated fleet and what it has done so far.</summary>
public sealed record FleetSimulationDetail(string SimulationName, int Devices, SimulationTransport Transport, int Seed, DateTimeOffset StartedAt)
{
    /// <summary>How the names of its things begin; a number of four digits or more follows.</summary>
    public string ThingNamePrefix { get; init; } = "";

    /// <summary>The group of its things; null where they are in none.</summary>
    public string? ThingGroupName { get; init; }

    /// <summary>Executions that a device has begun.</summary>
    public long BegunExecutions { get; init; }

    public long SucceededExecutions { get; init; }

    public long FailedExecutions { get; init; }

    public long RejectedExecutions { get; init; }

    /// <summary>Executions of which nothing is heard any more.</summary>
    public long SilentExecutions { get; init; }

    /// <summary>Reports that were refused: stale ones, second ones after an end, and those of executions that somebody else ended.</summary>
    public long RefusedReports { get; init; }

    /// <summary>Times that a device found the service not to be there.</summary>
    public long Disturbances { get; init; }
}
