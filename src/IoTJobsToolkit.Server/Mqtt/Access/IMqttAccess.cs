namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>Decides who a connection of MQTT is.</summary>
internal interface IMqttAccess
{
    /// <summary>Null where what it shows does not count; why, and for whom, is in the log.</summary>
    /// <exception cref="Engine.JobsException">The database cannot be asked.</exception>
    ValueTask<MqttCaller?> FindCallerAsync(MqttLogin login, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the credential that a caller came with still counts; cheap, for each message. Only after a credential was taken from somebody is
    /// the database asked again, once.
    /// </summary>
    ValueTask<bool> IsGoodAsync(MqttCaller caller, CancellationToken cancellationToken);

    /// <summary>
    /// The same for those who cannot wait: just after something was taken from somebody it may still be the word from before, and is looked at anew.
    /// </summary>
    bool IsGood(MqttCaller caller);
}
