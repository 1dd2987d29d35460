namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>Why there is no connection to the broker, for a person to read.</summary>
internal sealed class BrokerFailure(string message, Exception? inner = null) : Exception(message, inner);
