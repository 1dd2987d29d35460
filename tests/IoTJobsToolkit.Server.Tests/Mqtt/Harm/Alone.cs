namespace IoTJobsToolkit.Server.Tests.Mqtt.Harm;

/// <summary>Tests which compare times: no other runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
