using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Settings;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>One connection to the broker, from the first packet to the last.</summary>
internal sealed class BrokerLine : IDisposable
{
    /// <summary>Messages that are sent and not acknowledged at one time, where the broker allows as many.</summary>
    private const int MostUnderWay = 200;

    /// <summary>Messages of quality 1 that the broker sends before it waits for an acknowledgement.</summary>
    private const ushort MostReceived = 1_000;

    /// <summary>Requests of quality 0 that wait: the broker does not wait with these, so that more of them are lost.</summary>
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<MqttApplicationMessageReceivedEventArgs> _received = Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>();
    private readonly BrokerTopics _topics;
    private int _lost;
    private string? _reason;

    private BrokerLine(BrokerTopics topics)
    {
        _topics = topics;
        Ended = _ended.Token;
        _client.ApplicationMessageReceivedAsync += Receive;
        _client.DisconnectedAsync += Left;
    }

    /// <summary>Once there is no connection any more, or none that could be used.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Why it ended.</summary>
    public string Reason => Volatile.Read(ref _reason) ?? "it ended without a reason";

    /// <summary>Messages that may be sent and not acknowledged at one time.</summary>
    public int Window { get; private set; } = MostUnderWay;

    /// <summary>Of a packet to the broker; null where it takes any.</summary>
    public long? MaxPacketBytes { get; private set; }

    /// <summary>What came, to be acknowledged in this order; ends with the connection.</summary>
    public ChannelReader<MqttApplicationMessageReceivedEventArgs> Received => _received.Reader;

    /// <summary>Requests of quality 0 that came too fast.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <exception cref="BrokerFailure">It cannot be had.</exception>
    public static async Task<BrokerLine> OpenAsync(BrokerSettings settings, BrokerTopics topics, string clientId, CancellationToken cancellationToken)
    {
        var line = new BrokerLine(topics);
        try
        {
            await line.ConnectAsync(settings, clientId, cancellationToken).ConfigureAwait(false);
            await line.SubscribeAsync(cancellationToken).ConfigureAwait(false);
            return line;
        }
        catch (Exception failure) when (failure is not BrokerFailure && !cancellationToken.IsCancellationRequested)
        {
            line.Dispose();
            throw new BrokerFailure(failure is StartException ? failure.Message : $"it cannot be reached: {Innermost(failure)}", failure);
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Sends in the order of calling; completes when the broker has it.</summary>
    /// <exception cref="MqttCommunicationException">The connection is broken.</exception>
    public Task<MqttClientPublishResult> PublishAsync(Sending message) => _client.PublishAsync(
        new()
        {
            Topic = _topics.Outside(message.Message.Topic),
            Payload = new(message.Message.Payload),
            QualityOfServiceLevel = message.Qos,
        },
        Ended);

    /// <summary>No requests come any more.</summary>
    public Task UnsubscribeAsync(CancellationToken cancellationToken) =>
        _client.UnsubscribeAsync(new MqttClientUnsubscribeOptions { TopicFilters = [.. _topics.Filters] }, cancellationToken);

    /// <summary>Says goodbye.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is MqttCommunicationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // It is gone already.
        }
        End("this server stops");
    }

    /// <summary>It is of no use any more.</summary>
    public void End(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _received.Writer.TryComplete();
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits for that any more.
        }
    }

    public void Dispose()
    {
        End("it is not needed any more");
        _client.Dispose();
        _ended.Dispose();
    }

    private async Task ConnectAsync(BrokerSettings settings, string clientId, CancellationToken cancellationToken)
    {
        using var tls = settings.IsTls ? new BrokerTls(settings) : null;
        var options = new MqttClientOptionsBuilder()
            .WithEndPoint(IPAddress.TryParse(settings.Host, out var ip) ? new IPEndPoint(ip, settings.Port) : new DnsEndPoint(settings.Host, settings.Port, AddressFamily.Unspecified))
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(clientId)
            .WithCleanStart() // What waits for a server that is away, no other server of the group would get.
            .WithReceiveMaximum(MostReceived)
            .WithMaximumPacketSize((uint)new BrokerLimits().MaxPacketBytes)
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(Patience)
            .WithoutPacketFragmentation();
        if ((settings.User ?? settings.Password) is not null)
        {
            options.WithCredentials(settings.User ?? "", settings.Password);
        }
        if (tls is not null)
        {
            options.WithTlsOptions(tls.Apply);
        }
        MqttClientConnectResult result;
        try
        {
            result = await _client.ConnectAsync(options.Build(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (tls?.Refusal is { } refusal)
        {
            throw new BrokerFailure($"it is not trusted: {refusal}", failure);
        }
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw Refused(result.ResultCode, result.ReasonString);
        }
        if (!result.SharedSubscriptionAvailable && settings.Group is not null)
        {
            throw new BrokerFailure($"it has no shared subscriptions; a single server needs none with Mqtt:{BrokerSettings.GroupName}=none");
        }
        if (!result.WildcardSubscriptionAvailable || result.MaximumQoS == MqttQualityOfServiceLevel.AtMostOnce)
        {
            throw new BrokerFailure("it has no wildcards or no quality of service 1; both are needed");
        }
        Window = Math.Min(MostUnderWay, result.ReceiveMaximum is { } most and > 0 ? most : MostUnderWay);
        MaxPacketBytes = result.MaximumPacketSize is { } bytes and > 0 ? bytes : null;
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        var options = new MqttClientSubscribeOptions
        {
            TopicFilters = [.. _topics.Filters.Select(filter => new MQTTnet.Packets.MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce })],
        };
        var result = await _client.SubscribeAsync(options, cancellationToken).ConfigureAwait(false);
        if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw new BrokerFailure($"it refuses the subscription to {refused.TopicFilter.Topic} ({refused.ResultCode}); let this server's user subscribe to it");
        }
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs received)
    {
        received.AutoAcknowledge = false;
        if (received.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce && _received.Reader.Count >= MostWaiting ||
            !_received.Writer.TryWrite(received))
        {
            Interlocked.Increment(ref _lost);
        }
        return Task.CompletedTask;
    }

    private Task Left(MqttClientDisconnectedEventArgs left)
    {
        var why = left.Exception is { } broken ? $": {Innermost(broken)}" : left.ReasonString is { Length: > 0 } text ? $": {text}" : "";
        End(left.Reason == MqttClientDisconnectReason.SessionTakenOver
            ? $"another client has the same client id; give each server its own with Mqtt:{BrokerSettings.ClientIdName}"
            : $"it ended the connection ({left.Reason}){why}");
        return Task.CompletedTask;
    }

    private static BrokerFailure Refused(MqttClientConnectResultCode code, string? reason) => new(
        $"it refuses this server ({code}{(string.IsNullOrEmpty(reason) ? "" : $": {reason}")})" + (code switch
        {
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized =>
                $"; check Mqtt:{BrokerSettings.UserName}, Mqtt:{BrokerSettings.PasswordName} and Mqtt:{BrokerSettings.CertificateName}",
            MqttClientConnectResultCode.UnsupportedProtocolVersion => "; it has to speak MQTT 5",
            _ => "",
        }));

    private static string Innermost(Exception failure) =>
        failure.GetBaseException() is OperationCanceledException ? $"it has not answered within {Patience.TotalSeconds:0} s" : failure.GetBaseException().Message;
}
