namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>Lets nobody in.</summary>
internal sealed class NobodyAccess : IMqttAccess
{
    public ValueTask<MqttCaller?> FindCallerAsync(MqttLogin login, CancellationToken cancellationToken) => ValueTask.FromResult<MqttCaller?>(null);

    public bool IsGood(MqttCaller caller) => false;
}
