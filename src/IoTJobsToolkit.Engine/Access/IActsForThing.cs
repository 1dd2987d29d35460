namespace IoTJobsToolkit.Engine.Access;

/// <summary>An operation of the device plane: a device may run it for its own thing.</summary>
public interface IActsForThing
{
    string ThingName { get; }
}
