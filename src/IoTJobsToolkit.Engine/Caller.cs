using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.Engine;

public enum CallerKind
{
    /// <summary>The control plane: may run what its role may.</summary>
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
    /// <summary>What a <see cref="CallerKind.Operator"/> may do.</summary>
    public AccessRole Role { get; init; } = AccessRole.ADMINISTRATOR;

    /// <summary>The door that an <see cref="CallerKind.Operator"/> came through; null for everybody else.</summary>
    public CallOrigin? Origin { get; init; }

    public static Caller System { get; } = new("system", CallerKind.System);

    public static Caller Operator(string name, AccessRole role = AccessRole.ADMINISTRATOR, CallOrigin origin = CallOrigin.API) =>
        new(name, CallerKind.Operator) { Role = role, Origin = origin };

    public static Caller Device(string thingName) => new(thingName, CallerKind.Device, thingName);
}
