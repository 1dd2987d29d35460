namespace IoTJobsToolkit.Engine;

public enum CallerKind
{
    /// <summary>The control plane: may run every operation.</summary>
    Operator,

    /// <summary>A device: may run the device operations of its own thing only.</summary>
    Device,

    /// <summary>The engine's own work: rollouts, timers, sweeps.</summary>
    System,
}

/// <summary>Who calls: the name stands in the history of what the call changes.</summary>
/// <param name="ThingName">The thing which a <see cref="CallerKind.Device"/> acts for.</param>
public sealed record Caller(string Name, CallerKind Kind, string? ThingName = null)
{
    public static Caller System { get; } = new("system", CallerKind.System);

    public static Caller Operator(string name) => new(name, CallerKind.Operator);

    public static Caller Device(string thingName) => new(thingName, CallerKind.Device, thingName);
}
