using IoTJobsToolkit.Server.Telemetry;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>Publishes what is in the outbox, in its order, as much at one time as the broker takes.</summary>
internal sealed partial class BrokerPump(BrokerOutbox outbox, MqttMeter meter, ILogger<BrokerPump> logger)
{
    /// <summary>Connections that may end with the same message under way: then it may be the reason.</summary>
    private const int MostFailures = 3;

    private const int RoomForHead = 64;

    /// <summary>Until the connection has ended and nothing is under way any more.</summary>
    public async Task RunAsync(BrokerLine line)
    {
        using var places = new SemaphoreSlim(line.Window, line.Window);
        var refused = new Refusals();
        try
        {
            while (true)
            {
                await places.WaitAsync(line.Ended).ConfigureAwait(false);
                LinkedListNode<Sending> next;
                try
                {
                    next = await outbox.NextAsync(line.Ended).ConfigureAwait(false);
                }
                catch
                {
                    places.Release();
                    throw;
                }
                _ = SendAsync(line, next, places, refused);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
        for (var i = 0; i < line.Window; i++)
        {
            await places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(BrokerLine line, LinkedListNode<Sending> next, SemaphoreSlim places, Refusals refused)
    {
        var message = next.Value;
        try
        {
            if (message.Message.Payload.Length + 3 * message.Message.Topic.Length + RoomForHead > line.MaxPacketBytes)
            {
                LogTooLarge(logger, message.Message.Topic, message.Message.Payload.Length, line.MaxPacketBytes.Value);
                outbox.Done(next);
                return;
            }
            var result = await line.PublishAsync(message).ConfigureAwait(false);
            if ((int)result.ReasonCode < 0x80)
            {
                meter.MessageSent();
            }
            else if (refused.IsNew(result.ReasonCode))
            {
                LogRefused(logger, message.Message.Topic, result.ReasonCode);
            }
            outbox.Done(next);
        }
        catch (Exception broken)
        {
            line.End($"a message could not be published: {broken.GetBaseException().Message}");
            if (++message.Failures >= MostFailures)
            {
                LogGivenUp(logger, message.Message.Topic, MostFailures);
                outbox.Done(next);
            }
        }
        finally
        {
            places.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The message to {Topic} with {Bytes} bytes is not published: the MQTT broker takes packets up to {Most} bytes; let it take larger ones")]
    private static partial void LogTooLarge(ILogger logger, string topic, int bytes, long most);

    [LoggerMessage(Level = LogLevel.Error, Message = "The MQTT broker does not let this server publish to {Topic} ({Reason}), and maybe more; let its user do so")]
    private static partial void LogRefused(ILogger logger, string topic, MqttClientPublishReasonCode reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message to {Topic} is given up: {Count} connections to the MQTT broker ended while it was sent")]
    private static partial void LogGivenUp(ILogger logger, string topic, int count);

    /// <summary>Each reason is told once in a connection.</summary>
    private sealed class Refusals
    {
        private readonly Lock _lock = new();
        private readonly HashSet<MqttClientPublishReasonCode> _told = [];

        public bool IsNew(MqttClientPublishReasonCode reason)
        {
            lock (_lock)
            {
                return _told.Add(reason);
            }
        }
    }
}
