using System.Buffers;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Mqtt.Jobs;

/// <summary>Answers a message which a client published to its thing's jobs; null where there is no answer to give.</summary>
internal delegate ValueTask<MqttMessage?> AnswerRequest(MqttCaller caller, string topic, ReadOnlySequence<byte> payload);

/// <summary>
/// Takes requests about a thing's jobs and answers them to who asked. They begin in the order in which they came and are answered as soon as
/// each is done; who has as many under way as he may waits with his next one.
/// </summary>
internal sealed partial class RequestDesk(AnswerRequest answer, ThingTurns turns, ILogger<RequestDesk> logger)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _idle;
    private int _underWay;

    /// <summary>Completes when the request is under way.</summary>
    public async ValueTask TakeAsync(IAsker asker, string thingName, string topic, ReadOnlySequence<byte> payload, CancellationToken cancellationToken)
    {
        await asker.EnterAsync(cancellationToken).ConfigureAwait(false);
        Count(1);
        _ = RunAsync(asker, turns.Begin(thingName), topic, payload);
    }

    /// <summary>Completes when nothing is under way.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _underWay == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private async Task RunAsync(IAsker asker, ThingTurns.Turn turn, string topic, ReadOnlySequence<byte> payload)
    {
        try
        {
            if (await answer(asker.Caller, topic, payload).ConfigureAwait(false) is { } message)
            {
                asker.Answer(message);
            }
        }
        catch (Exception fault)
        {
            LogFault(logger, fault, topic);
        }
        finally
        {
            turn.End();
            asker.Leave();
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
