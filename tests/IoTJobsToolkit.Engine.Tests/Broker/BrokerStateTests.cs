using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Broker;

/// <summary>Sessions, their messages and retained messages, beyond a restart.</summary>
public sealed class BrokerStateTests : IDisposable
{
    private static readonly BrokerOwner Console = new(CallerKind.Operator, "console");

    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public BrokerStateTests() => _t = new(store: _store);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BrokerState State => _t.Engine.Broker;

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_session_is_there_after_a_restart_with_what_waits_in_it()
    {
        await _t.Things("a");
        var session = new BrokerSession("client", new(CallerKind.Device, "a"))
        {
            Subscriptions = [new("$aws/things/a/jobs/notify", 1)], ExpirySeconds = 3600, DisconnectedAt = T0,
        };
        await State.KeepSessionAsync(session, Token);
        Assert.Equal(2, await State.QueueAsync([Message("client", 1), Message("client", 2)], Token));
        await State.RemoveMessagesAsync([("client", 1), ("client", 7)], Token);
        _t.Restart();

        var loaded = Assert.Single((await State.LoadSessionsAsync(null, 10, Token)).Sessions);
        Assert.Equal(session.Subscriptions, loaded.Subscriptions);
        Assert.NotNull(loaded.Owner.ThingSequence);
        var message = Assert.Single(await State.ReadMessagesAsync("client", 0, 10, Token));
        Assert.Equal((2, "t/2"), (message.Number, message.Message.Topic));
    }

    [Fact]
    public async Task Sessions_that_expired_or_whose_thing_is_another_are_gone_with_their_messages()
    {
        await _t.Things("stays", "again");
        foreach (var thing in new[] { "stays", "again" })
        {
            await State.KeepSessionAsync(new(thing, new(CallerKind.Device, thing)) { ExpirySeconds = 3600 }, Token);
        }
        await State.KeepSessionAsync(new("expired", Console) { ExpirySeconds = 60, DisconnectedAt = T0 }, Token);
        await State.KeepSessionAsync(new("open", Console) { ExpirySeconds = 60 }, Token);
        await State.QueueAsync([.. new[] { "stays", "again", "expired", "open" }.Select(client => Message(client, 1))], Token);
        await _t.Run(new DeleteThing("again"));
        await _t.Things("again");
        _t.Clock.Advance(TimeSpan.FromSeconds(60));
        _t.Restart();

        var sessions = new List<BrokerSession>();
        string? after = null;
        do
        {
            var page = await State.LoadSessionsAsync(after, 1, Token);
            sessions.AddRange(page.Sessions);
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(["open", "stays"], sessions.Select(session => session.ClientId));
        Assert.Equal([T0.AddSeconds(60), T0.AddSeconds(60)], sessions.Select(session => session.DisconnectedAt));
        Assert.Empty(await State.ReadMessagesAsync("expired", 0, 10, Token));
        Assert.Empty(await State.ReadMessagesAsync("again", 0, 10, Token));
        Assert.Single(await State.ReadMessagesAsync("open", 0, 10, Token));

        // The end that was noted counts from then on.
        _t.Clock.Advance(TimeSpan.FromSeconds(60));
        _t.Restart();
        Assert.Equal("stays", Assert.Single((await State.LoadSessionsAsync(null, 10, Token)).Sessions).ClientId);
    }

    [Fact]
    public async Task A_session_keeps_its_last_thousand_messages()
    {
        await State.KeepSessionAsync(new("c", Console), Token);
        Assert.Equal(1_203, await State.QueueAsync([.. Enumerable.Range(1, 1_203).Select(number => Message("c", number))], Token));

        var kept = await State.ReadMessagesAsync("c", 0, 1_000, Token);
        Assert.Equal((1_000, 204, 1_203), (kept.Count, kept[0].Number, kept[^1].Number));
        Assert.Empty(await State.ReadMessagesAsync("c", 1_203, 10, Token));
        Assert.Equal(1_000, BrokerState.MessagesPerSession);
    }

    [Fact]
    public async Task A_message_for_a_session_that_is_gone_is_dropped_also_where_they_meet_in_one_commit()
    {
        await State.KeepSessionAsync(new("c", Console), Token);
        await State.KeepSessionAsync(new("other", Console), Token);
        await State.QueueAsync([Message("c", 1)], Token);

        var gate = _store.HoldCommit();
        var held = State.KeepRetainedAsync([Content("x")], Token);
        gate.WaitUntilReached();
        var calls = new[]
        {
            State.QueueAsync([Message("c", 2), Message("other", 1)], Token),
            Then(State.RemoveSessionAsync("c", Token)),
            State.QueueAsync([Message("c", 3), Message("other", 2)], Token),
            Then(State.KeepSessionAsync(new("c", Console), Token)),
            State.QueueAsync([Message("c", 4)], Token),
        };
        var commits = _store.Commits;
        gate.Open();
        await held;
        int[] kept = await Task.WhenAll(calls);
        Assert.Equal([2, 0, 1, 0, 1], kept);
        Assert.Equal(commits + 1, _store.Commits);
        Assert.Equal([4], (await State.ReadMessagesAsync("c", 0, 10, Token)).Select(message => message.Number));
        Assert.Equal([1, 2], (await State.ReadMessagesAsync("other", 0, 10, Token)).Select(message => message.Number));
    }

    [Fact]
    public async Task A_session_for_a_thing_that_is_not_there_is_refused()
    {
        await Refused(State.KeepSessionAsync(new("c", new(CallerKind.Device, "nobody")), Token), JobsError.ResourceNotFound);
        Assert.Empty((await State.LoadSessionsAsync(null, 10, Token)).Sessions);
    }

    [Fact]
    public async Task The_last_retained_message_of_a_topic_is_there_after_a_restart_until_it_is_removed()
    {
        await State.KeepRetainedAsync([Content("b"), Content("a") with { Payload = "1"u8.ToArray() }, Content("a") with { Payload = "2"u8.ToArray() }], Token);
        _t.Restart();
        var first = Assert.Single(await State.ReadRetainedAsync(null, 1, Token));
        Assert.Equal("a", first.Topic);
        Assert.Equal("2"u8.ToArray(), first.Payload.ToArray());
        Assert.Equal("b", Assert.Single(await State.ReadRetainedAsync("a", 10, Token)).Topic);

        await State.RemoveRetainedAsync(["a", "never"], Token);
        _t.Restart();
        Assert.Equal(["b"], (await State.ReadRetainedAsync(null, 10, Token)).Select(message => message.Topic));
    }

    [Fact]
    public async Task Large_messages_are_committed_in_parts_and_none_is_too_large_for_the_store()
    {
        await State.KeepSessionAsync(new("c", Console), Token);
        var commits = _store.Commits;
        var large = Content("t") with { Payload = new byte[1 << 20] };
        await State.QueueAsync([.. Enumerable.Range(1, 10).Select(number => new SessionMessage("c", number, large))], Token);
        Assert.Equal(3, _store.Commits - commits);

        await Refused(State.KeepRetainedAsync([large with { ContentType = "x" }], Token), JobsError.InvalidRequest);
        await Refused(State.KeepRetainedAsync([Content(new('t', 513))], Token), JobsError.InvalidRequest);
        await Refused(State.KeepRetainedAsync([Content(new('ä', 257))], Token), JobsError.InvalidRequest);
        await Refused(State.QueueAsync([Message(new('c', 513), 1)], Token), JobsError.InvalidRequest);
        await Refused(State.QueueAsync([Message("c", 0)], Token), JobsError.InvalidRequest);
    }

    private static BrokerMessage Content(string topic) => new(topic, default, 1, T0);

    private static SessionMessage Message(string clientId, long number) => new(clientId, number, Content($"t/{number}"));

    private static async Task<int> Then(Task task)
    {
        await task;
        return 0;
    }
}
