using Microsoft.Extensions.Logging;
using MQTTnet.Diagnostics.Logger;

namespace IoTJobsToolkit.Server.Mqtt.Broker;

/// <summary>What the library has to say. What clients do wrong is nothing to warn of.</summary>
internal sealed class LibraryLog(ILogger<LibraryLog> logger) : IMqttNetLogger
{
    public bool IsEnabled => logger.IsEnabled(LogLevel.Error);

    public void Publish(MqttNetLogLevel level, string source, string message, object[] parameters, Exception exception)
    {
        if (level == MqttNetLogLevel.Error && exception is not (MQTTnet.Exceptions.MqttProtocolViolationException or IOException))
        {
            logger.LogError(exception, "{Source}: {Message}", source, parameters is { Length: > 0 } ? string.Format(System.Globalization.CultureInfo.InvariantCulture, message, parameters) : message);
        }
    }
}
