using System.Buffers;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Jobs;

/// <summary>Answers a message which a client published to its thing's jobs; null where there is no answer to give.</summary>
internal delegate ValueTask<MqttMessage?> AnswerRequest(MqttCaller caller, string topic, ReadOnlySequence<byte> payload);

/// <summary>
/// Takes requests about a thing's jobs and answers them to who asked. They begin in the order in which they came and are answered as soon as
/// each is done; a connection which has as many under way as it may waits with its next one.
/// </summary>
internal sealed partial class RequestDesk(AnswerRequest answer, ThingTurns turns, ILogger<RequestDesk> logger)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _idle;
    private int _underWay;

    /// <summary>Completes when the request is under way.</summary>
    public async ValueTask TakeAsync(Link link, string thingName, string topic, ReadOnlySequence<byte> payload, CancellationToken cancellationToken)
    {
        await link.Requests.WaitAsync(cancellationToken).ConfigureAwait(false);
        Count(1);
        _ = RunAsync(link, turns.Begin(thingName), topic, payload);
    }

    /// <summary>Completes when nothing is under way.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _underWay == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private async Task RunAsync(Link link, ThingTurns.Turn turn, string topic, ReadOnlySequence<byte> payload)
    {
        try
        {
            if (await answer(link.Caller, topic, payload).ConfigureAwait(false) is { } message)
            {
                link.Session!.Answer(new Publication(message.Topic, message.Payload, MqttQualityOfServiceLevel.AtLeastOnce));
            }
        }
        catch (Exception fault)
        {
            LogFault(logger, fault, topic);
        }
        finally
        {
            turn.End();
            link.Requests.Release();
            Count(-1);
        }
    }

    private void Count(int change)
    {
        lock (_lock)
        {
            _underWay += change;
            if (_underWay == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The request at {Topic} was not answered")]
    private static partial void LogFault(ILogger logger, Exception fault, string topic);
}
