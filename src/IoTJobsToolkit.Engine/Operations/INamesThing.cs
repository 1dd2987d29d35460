namespace IoTJobsToolkit.Engine.Operations;

/// <summary>An operation on what one thing has to do; who runs many of them in a row has the things read together.</summary>
internal interface INamesThing
{
    string ThingName { get; }
}
