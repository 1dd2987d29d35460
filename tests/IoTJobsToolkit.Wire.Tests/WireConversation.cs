using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Work;
using IoTJobsToolkit.Wire.Errors;
using IoTJobsToolkit.Wire.Events;
using IoTJobsToolkit.Wire.Json;
using IoTJobsToolkit.Wire.Mqtt;
using IoTJobsToolkit.Wire.Requests;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Wire.Tests;

/// <summary>Requests and answers of one engine, as text, without a network. Time starts at T0 of the worked examples.</summary>
internal sealed class WireConversation : IDisposable
{
    public const string Thing = "arn:aws:iot:us-east-1:123456789012:thing/";

    private readonly JobsEngine _engine;
    private readonly WireJson _json;
    private bool _stopped;

    public WireConversation(Dialect dialect = Dialect.Aws, JobsSettings? settings = null, IObjectStore? objects = null)
    {
        _engine = new(new InMemoryJobsStore(), Clock, settings, new() { ObjectStore = objects ?? new SignsAnything() });
        _json = WireJson.Of(dialect);
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1796119200));

    /// <summary>What failed on the server's side while messages were answered.</summary>
    public List<Exception> Faults { get; } = [];

    public void At(double seconds) =>
        Clock.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(1796119200_000 + (long)Math.Round(seconds * 1000)));

    /// <summary>Hears of everything that is committed from now on.</summary>
    public JobsSubscription Listen() => _engine.Subscribe(10_000);

    /// <summary>What of it is published, in order, once it has all been done.</summary>
    public async Task<List<(string Topic, string Payload)>> Published(JobsSubscription feed)
    {
        await _engine.PassTimeAsync();
        var messages = new List<(string, string)>();
        while (feed.Batches.TryRead(out var batch))
        {
            Assert.False(batch.Missed);
            messages.AddRange(batch.Events.Select(what => EventMessage.Of(what, _engine.Settings)).OfType<MqttMessage>()
                .Select(message => (message.Topic, Encoding.UTF8.GetString(message.Payload.Span))));
        }
        return messages;
    }

    public Task<WireAnswer> Control(string request, string body = "") => Send(Plane.Control, request, body);

    public Task<WireAnswer> Data(string request, string body = "") => Send(Plane.Data, request, body);

    /// <summary>The engine as a thing's device.</summary>
    public IJobs Device(string thing) => _engine.As(Caller.Device(thing));

    /// <summary>What a message is answered which the device of a thing publishes below its thing's jobs.</summary>
    public async Task<MqttAnswer> Publish(string thing, string below, string payload = "") =>
        await Publish($"$aws/things/{thing}/jobs/{below}", Encoding.UTF8.GetBytes(payload), Caller.Device(thing))
            ?? throw new InvalidOperationException($"There was no answer to {below}.");

    public async Task<MqttAnswer?> Publish(string topic, byte[] payload, Caller caller)
    {
        var answer = await JobsRequests.AnswerAsync(_engine.As(caller), topic, new ReadOnlySequence<byte>(payload), Clock, Faults.Add);
        if (!_stopped)
        {
            await _engine.PassTimeAsync();
        }
        return answer is null ? null : new(topic, answer.Topic, Encoding.UTF8.GetString(answer.Payload.Span));
    }

    public void Stop()
    {
        _stopped = true;
        _engine.Dispose();
    }

    public void Dispose() => _engine.Dispose();

    private sealed class SignsAnything : IObjectStore
    {
        public string Presign(PresignRequest request) => $"https://signed.example/{request.Location.Key}";

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken) => Task.FromResult("{}");
    }

    private async Task<WireAnswer> Send(Plane plane, string request, string body)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        var target = request[(space + 1)..].Split('?', 2);
        var match = Routes.Find(request[..space], target[0], plane);
        Assert.NotNull(match.Route);
        try
        {
            var operation = match.Route.Bind(new(match.PathValues, target.Length > 1 ? target[1] : "", Encoding.UTF8.GetBytes(body)));
            var jobs = _engine.As(plane == Plane.Control ? Caller.Operator("tests") : Caller.Device(match.Value("thingName")!));
            var answer = await match.Route.RunAsync(jobs, operation, _json);
            await _engine.PassTimeAsync();
            return new(200, null, Encoding.UTF8.GetString(answer.Span));
        }
        catch (JobsException refusal)
        {
            var answer = ErrorAnswer.Of(refusal, match.Route);
            return new(answer.Status, answer.Name, Encoding.UTF8.GetString(answer.ToJson()));
        }
    }
}

internal sealed record WireAnswer(int Status, string? Error, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Message => (string)Json["message"]!;

    /// <summary>Asserts the whole body, whatever the order and spacing of members.</summary>
    public void Is(string json)
    {
        Assert.Equal(200, Status);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), Json), $"expected: {json}\nfound:    {Body}");
    }

    public void IsNothing() => Assert.Equal((200, ""), (Status, Body));

    public WireAnswer IsRefused(int status, string error)
    {
        Assert.Equal((status, error), (Status, Error));
        return this;
    }

    /// <summary>A malformed request: the message names field, value and rule.</summary>
    public void IsInvalid(params string[] named)
    {
        IsRefused(400, "InvalidRequestException");
        Assert.All(named, word => Assert.Contains(word, Message, StringComparison.Ordinal));
    }
}
