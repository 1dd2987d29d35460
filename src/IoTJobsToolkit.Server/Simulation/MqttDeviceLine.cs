using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Simulation;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Simulation;

/// <summary>A simulated device with a connection of its own to this server's broker: it is told what to do, and reports, as a real one (mqtt-api 2 to 6).</summary>
internal sealed class MqttDeviceLine : IDeviceLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _asked = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _work = new(1, 1);
    private readonly MqttClientOptionsBuilder _options;
    private readonly Func<CancellationToken, Task<string>> _token;
    private readonly string _thingName;
    private readonly string _jobs;
    private int _requests;

    /// <param name="token">A token of the thing that is good now; asked for with each connection.</param>
    public MqttDeviceLine(IPEndPoint broker, string thingName, Func<CancellationToken, Task<string>> token)
    {
        (_thingName, _token, _jobs) = (thingName, token, $"$aws/things/{thingName}/jobs/");
        _options = new MqttClientOptionsBuilder()
            .WithEndPoint(broker)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(thingName)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(60))
            .WithTimeout(Patience);
        _client.ApplicationMessageReceivedAsync += Receive;
        _client.DisconnectedAsync += Left;
    }

    public async Task WaitForWorkAsync(CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await _work.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<DeviceJobExecution?> StartNextAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync("start-next", _ => { }, cancellationToken).ConfigureAwait(false);
        return answer.TryGetProperty("execution", out var execution) && execution.TryGetProperty("jobId", out _) ? Read(execution) : null;
    }

    public Task ReportAsync(UpdateJobExecution report, CancellationToken cancellationToken) => AskAsync(
        $"{report.JobId}/update",
        json =>
        {
            json.WriteString("status", report.Status.ToString());
            json.WriteStartObject("statusDetails");
            foreach (var (name, value) in report.StatusDetails ?? new Dictionary<string, string>())
            {
                json.WriteString(name, value);
            }
            json.WriteEndObject();
            if (report.ExecutionNumber is { } number)
            {
                json.WriteNumber("executionNumber", number);
            }
            if (report.ExpectedVersion is { } version)
            {
                json.WriteString("expectedVersion", version.ToString(CultureInfo.InvariantCulture));
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync().ConfigureAwait(false);
        _client.Dispose();
        _work.Dispose();
    }

    private async Task HangUpAsync()
    {
        try
        {
            if (_client.IsConnected)
            {
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception broken) when (broken is MqttCommunicationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The broker was faster.
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client.IsConnected)
        {
            return;
        }
        var token = await _token(cancellationToken).ConfigureAwait(false);
        try
        {
            await _client.ConnectAsync(_options.WithCredentials(_thingName, token).Build(), cancellationToken).ConfigureAwait(false);
            var subscribe = new MqttClientSubscribeOptionsBuilder();
            foreach (var topic in new[] { "notify-next", "start-next/accepted", "start-next/rejected", "+/update/accepted", "+/update/rejected" })
            {
                subscribe.WithTopicFilter(_jobs + topic, MqttQualityOfServiceLevel.AtLeastOnce);
            }
            await _client.SubscribeAsync(subscribe.Build(), cancellationToken).ConfigureAwait(false);
            Wake(); // What it was told before it could listen.
        }
        catch (Exception broken) when (broken is MqttCommunicationException or InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await HangUpAsync().ConfigureAwait(false); // With half a connection it would wait for ever to be told of work.
            throw new IOException($"{_thingName} cannot connect: {broken.Message}", broken);
        }
    }

    private async Task<JsonElement> AskAsync(string topic, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        var token = $"{Interlocked.Increment(ref _requests)}";
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[token] = answer;
        try
        {
            await _client.PublishAsync(new() { Topic = _jobs + topic, Payload = new(Payload(token, write)), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, cancellationToken)
                .ConfigureAwait(false);
            return await answer.Task.WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is MqttCommunicationException or InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{_thingName} has lost its connection: {broken.Message}", broken);
        }
        finally
        {
            _asked.TryRemove(token, out _);
        }
    }

    private static byte[] Payload(string token, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteString("clientToken", token);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs message)
    {
        var topic = message.ApplicationMessage.Topic;
        using var json = JsonDocument.Parse(message.ApplicationMessage.Payload);
        if (topic.EndsWith("notify-next", StringComparison.Ordinal))
        {
            Wake();
        }
        else if (json.RootElement.TryGetProperty("clientToken", out var token) && _asked.TryRemove(token.GetString()!, out var asked))
        {
            if (topic.EndsWith("/accepted", StringComparison.Ordinal))
            {
                asked.TrySetResult(json.RootElement.Clone());
            }
            else
            {
                asked.TrySetException(Refusal(json.RootElement));
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>Who waits for an answer or for work connects again.</summary>
    private Task Left(MqttClientDisconnectedEventArgs left)
    {
        foreach (var asked in _asked.Values)
        {
            asked.TrySetException(new IOException($"{_thingName} has lost its connection."));
        }
        Wake();
        return Task.CompletedTask;
    }

    private void Wake()
    {
        try
        {
            _work.Release();
        }
        catch (Exception superfluous) when (superfluous is SemaphoreFullException or ObjectDisposedException)
        {
            // It knows already, or is no more.
        }
    }

    private static JobsException Refusal(JsonElement rejected)
    {
        var (code, message) = (rejected.GetProperty("code").GetString(), rejected.GetProperty("message").GetString() ?? "");
        return new(
            code switch
            {
                "InvalidStateTransition" or "VersionMismatch" => JobsError.InvalidStateTransition,
                "TerminalStateReached" => JobsError.TerminalState,
                "ResourceNotFound" => JobsError.ResourceNotFound,
                "RequestThrottled" => JobsError.Throttling,
                "InternalError" => JobsError.ServiceUnavailable,
                _ => JobsError.InvalidRequest,
            },
            message);
    }

    private DeviceJobExecution Read(JsonElement execution) => new()
    {
        JobId = execution.GetProperty("jobId").GetString()!,
        ThingName = _thingName,
        Status = Enum.Parse<JobExecutionStatus>(execution.GetProperty("status").GetString()!),
        QueuedAt = execution.GetProperty("queuedAt").GetInt64(),
        LastUpdatedAt = execution.GetProperty("lastUpdatedAt").GetInt64(),
        VersionNumber = execution.GetProperty("versionNumber").GetInt64(),
        ExecutionNumber = execution.GetProperty("executionNumber").GetInt64(),
        JobDocument = execution.TryGetProperty("jobDocument", out var document) ? document.GetRawText() : null,
    };
}
