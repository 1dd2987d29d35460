using System.Buffers;
using System.Text;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Tests.Mqtt;

/// <summary>A client over a real socket; what it receives waits in its order.</summary>
internal sealed class TestClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttApplicationMessageReceivedEventArgs> _received = Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>();
    private readonly TaskCompletionSource<MqttClientDisconnectedEventArgs> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TestClient(int port, string user, MqttProtocolVersion version)
    {
        Options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithProtocolVersion(version)
            .WithClientId(user)
            .WithCredentials(user, "")
            .WithCleanStart()
            .WithoutPacketFragmentation()
            .WithTimeout(Deadline);
        _client.ApplicationMessageReceivedAsync += received =>
        {
            received.AutoAcknowledge = IsAcknowledging;
            _received.Writer.TryWrite(received);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += ended =>
        {
            _ended.TrySetResult(ended);
            return Task.CompletedTask;
        };
    }

    public MqttClientOptionsBuilder Options { get; }

    public bool IsAcknowledging { get; set; } = true;

    /// <summary>What a broker leaves before the topics that it delivers, though it should not.</summary>
    public string Mount { get; init; } = "";

    public bool IsConnected => _client.IsConnected;

    public bool HasMessage => _received.Reader.TryPeek(out _);

    /// <summary>How its connection ended.</summary>
    public Task<MqttClientDisconnectedEventArgs> Ended => _ended.Task.WaitAsync(Deadline);

    public Task<MqttClientConnectResult> ConnectAsync() => _client.ConnectAsync(Options.Build());

    public Task DisconnectAsync() => _client.DisconnectAsync();

    /// <summary>Without a goodbye.</summary>
    public void Break() => _client.Dispose();

    public Task PingAsync() => _client.PingAsync(CancellationToken.None).WaitAsync(Deadline);

    public Task<MqttClientSubscribeResult> SubscribeAsync(params MqttTopicFilter[] filters) =>
        SubscribeAsync(0, filters);

    public Task<MqttClientSubscribeResult> SubscribeAsync(uint identifier, params MqttTopicFilter[] filters) =>
        _client.SubscribeAsync(new MqttClientSubscribeOptions { TopicFilters = [.. filters], SubscriptionIdentifier = identifier });

    public Task<MqttClientSubscribeResult> SubscribeAsync(string filter, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce) =>
        SubscribeAsync(Filter(filter, qos));

    public Task<MqttClientUnsubscribeResult> UnsubscribeAsync(string filter) => _client.UnsubscribeAsync(filter);

    public Task<MqttClientPublishResult> PublishAsync(
        string topic, string payload = "", MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce, bool retain = false,
        Action<MqttApplicationMessageBuilder>? more = null)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(qos).WithRetainFlag(retain);
        more?.Invoke(message);
        return _client.PublishAsync(message.Build());
    }

    public async Task<MqttApplicationMessageReceivedEventArgs> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            return await _received.Reader.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (_ended.Task.IsCompletedSuccessfully)
        {
            var ended = await _ended.Task;
            throw new InvalidOperationException($"The connection has ended instead: {ended.Reason} {ended.ReasonString} {ended.Exception?.Message}");
        }
    }

    public async Task<MqttApplicationMessage> NextAsync()
    {
        var message = (await ReceiveAsync()).ApplicationMessage;
        message.Topic = Mount.Length > 0 && message.Topic.StartsWith(Mount, StringComparison.Ordinal) ? message.Topic[Mount.Length..] : message.Topic;
        return message;
    }

    /// <summary>The next message as topic and text.</summary>
    public async Task<string> NextTextAsync()
    {
        var message = await NextAsync();
        return $"{message.Topic} {Text(message)}".TrimEnd();
    }

    /// <summary>What it has received when everything was sent that was to be sent to it before.</summary>
    public async Task<IReadOnlyList<MqttApplicationMessage>> AllAsync(string marker = "open/marker")
    {
        await SubscribeAsync(marker, MqttQualityOfServiceLevel.AtMostOnce);
        await PublishAsync(marker);
        List<MqttApplicationMessage> all = [];
        while (await NextAsync() is var message && message.Topic != marker)
        {
            all.Add(message);
        }
        return all;
    }

    public static string Text(MqttApplicationMessage message) => Encoding.UTF8.GetString(message.Payload.ToArray());

    public static MqttTopicFilter Filter(string topic, MqttQualityOfServiceLevel qos) => new() { Topic = topic, QualityOfServiceLevel = qos };

    public void Dispose() => _client.Dispose();
}
