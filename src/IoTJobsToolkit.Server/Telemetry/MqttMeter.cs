using System.Diagnostics.Metrics;
using IoTJobsToolkit.Engine.Telemetry;

namespace IoTJobsToolkit.Server.Telemetry;

/// <summary>The figures of MQTT: of the server's own broker, or of the connection to another one.</summary>
internal sealed class MqttMeter
{
    private static readonly KeyValuePair<string, object?> Received = new("network.io.direction", "receive");
    private static readonly KeyValuePair<string, object?> Transmitted = new("network.io.direction", "transmit");

    private readonly Meter _meter;
    private readonly Counter<long> _messages;

    public MqttMeter(IMeterFactory meters)
    {
        _meter = meters.Create(JobsTelemetry.MeterName);
        _messages = _meter.CreateCounter<long>("iotjobs.mqtt.messages", "{message}", "Messages that were received of clients, and sent to them.");
    }

    public void MessageReceived() => _messages.Add(1, Received);

    public void MessageSent() => _messages.Add(1, Transmitted);

    public void WatchConnections(Func<int> count) =>
        _meter.CreateObservableUpDownCounter("iotjobs.mqtt.connections", count, "{connection}", "Clients that are connected over MQTT.");
}
