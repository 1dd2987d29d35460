using System.Buffers;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Server.Telemetry;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>
/// Takes what things ask for at the broker. A thing which asks for more than it may at one time waits for itself, and is refused when too much
/// waits; others do not notice. When all together ask for too much, the broker waits.
/// </summary>
internal sealed partial class BrokerRequests(RequestDesk desk, BrokerOutbox outbox, BrokerTopics topics, MqttMeter meter, TimeProvider clock, ILogger<BrokerRequests> logger) : IDisposable
{
    /// <summary>Requests that are worked on, wait, or have an answer that is not sent.</summary>
    public const int MostOpen = 4_096;

    private readonly SemaphoreSlim _places = new(MostOpen, MostOpen);
    private readonly AskingThings _things = new();

    /// <summary>Works off what comes with a connection; acknowledged is what is taken, in the order in which it came.</summary>
    public async Task RunAsync(BrokerLine line)
    {
        await foreach (var received in line.Received.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            meter.MessageReceived();
            try
            {
                await TakeAsync(received.ApplicationMessage).ConfigureAwait(false);
                if (received.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce && !line.Ended.IsCancellationRequested)
                {
                    await received.AcknowledgeAsync(line.Ended).ConfigureAwait(false);
                }
            }
            catch (Exception broken)
            {
                line.End($"a message could not be acknowledged: {broken.GetBaseException().Message}");
            }
        }
        if (line.Lost > 0)
        {
            LogLost(logger, line.Lost);
        }
    }

    /// <summary>Completes when every request is answered and its answer sent.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        try
        {
            for (; taken < MostOpen; taken++)
            {
                await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (taken > 0)
            {
                _places.Release(taken);
            }
        }
    }

    public void Dispose()
    {
        // Requests may still end, and give back their places, which hold nothing of the system.
    }

    private async Task TakeAsync(MqttApplicationMessage message)
    {
        if (topics.Inside(message.Topic) is not { } topic || !JobsTopic.TryParse(topic, out var jobs) || jobs.Kind == JobsTopicKind.Service)
        {
            return;
        }
        var payload = new ReadOnlySequence<byte>(message.Payload.ToArray()); // The library may use its memory again.
        await _places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        var request = new Request(this, _things.Come(jobs.ThingName), jobs.ThingName, message.QualityOfServiceLevel);
        _ = request.Thing.IsCrowded ? RefuseAsync(request, topic, payload) : WorkAsync(request, topic, payload);
    }

    private async Task WorkAsync(Request request, string topic, ReadOnlySequence<byte> payload) =>
        await desk.TakeAsync(request, request.ThingName, topic, payload, CancellationToken.None).ConfigureAwait(false);

    private async Task RefuseAsync(Request request, string topic, ReadOnlySequence<byte> payload)
    {
        if (await JobsRequests.AnswerAsync(TooMuch.Instance, topic, payload, clock, static _ => { }).ConfigureAwait(false) is { } refusal)
        {
            request.Answer(refusal);
        }
        request.Forget();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} requests of quality of service 0 were lost: they came faster than they could be worked on")]
    private static partial void LogLost(ILogger logger, int count);

    /// <summary>One request of a thing: that the thing itself asks is what the broker has to take care of.</summary>
    private sealed class Request(BrokerRequests requests, AskingThing thing, string thingName, MqttQualityOfServiceLevel qos) : IAsker
    {
        private bool _isAnswered;

        public AskingThing Thing => thing;

        public string ThingName => thingName;

        public MqttCaller Caller { get; } = new(IoTJobsToolkit.Engine.Caller.Device(thingName), "the MQTT broker's word");

        public Task EnterAsync(CancellationToken cancellationToken) => thing.Places.WaitAsync(cancellationToken);

        public void Answer(MqttMessage message)
        {
            _isAnswered = true;
            requests.Put(message, qos);
        }

        public void Leave()
        {
            thing.Places.Release();
            Forget();
        }

        public void Forget()
        {
            requests._things.Go(thing);
            if (!_isAnswered)
            {
                requests._places.Release();
            }
        }
    }

    private void Put(MqttMessage answer, MqttQualityOfServiceLevel qos) =>
        outbox.Put(new(answer, qos > MqttQualityOfServiceLevel.AtLeastOnce ? MqttQualityOfServiceLevel.AtLeastOnce : qos) { WhenDone = () => _places.Release() });

    /// <summary>Refuses everything: what a request says is read all the same, so that its answer finds back.</summary>
    private sealed class TooMuch : IJobs
    {
        public static TooMuch Instance { get; } = new();

        public Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken = default) =>
            throw new JobsException(JobsError.Throttling, $"The thing has asked for more than {AskingThing.MostWaiting} things at one time; ask again when answers have come.");
    }
}
