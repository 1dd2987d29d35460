using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Server.Mqtt.Jobs;

/// <summary>Who asks for something about a thing's jobs, and is answered.</summary>
internal interface IAsker
{
    MqttCaller Caller { get; }

    /// <summary>Completes when one more of his requests may be worked on.</summary>
    Task EnterAsync(CancellationToken cancellationToken);

    void Answer(MqttMessage message);

    /// <summary>One of his requests is not worked on any more.</summary>
    void Leave();
}
