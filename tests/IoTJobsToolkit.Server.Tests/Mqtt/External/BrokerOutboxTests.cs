using IoTJobsToolkit.Server.Mqtt.External;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

public sealed class BrokerOutboxTests
{
    private readonly ChangedThings _changed = new();
    private readonly BrokerOutbox _outbox;

    public BrokerOutboxTests() => _outbox = new(_changed);

    [Fact]
    public async Task What_was_under_way_goes_first_with_the_next_connection_and_notices_become_names()
    {
        _outbox.Open();
        _outbox.Put(Event("1"));
        _outbox.Put(Notice("2", "T"));
        _outbox.Put(Answer("3"));
        _outbox.Put(Event("4"));
        var first = await Next();
        await Next();
        await Next();

        _outbox.Done(first);
        _outbox.Close();
        _outbox.Put(Notice("5", "U"));
        _outbox.Put(Event("6"));
        _outbox.Open();

        Assert.Equal(["3", "4", "6"], [(await Next()).Value.Message.Topic, (await Next()).Value.Message.Topic, (await Next()).Value.Message.Topic]);
        Assert.True(_changed.TryTake(out var one));
        Assert.True(_changed.TryTake(out var other));
        Assert.False(_changed.TryTake(out _));
        Assert.Equal(("T", "U"), (one.ThingName, other.ThingName));
    }

    [Fact]
    public void Without_a_connection_so_many_events_wait_and_the_rest_is_counted()
    {
        for (var i = 0; i < BrokerOutbox.Room + 5; i++)
        {
            _outbox.Put(Event("e"));
        }
        _outbox.Put(Answer("a"));

        Assert.Equal(5, _outbox.Open());
        Assert.Equal(0, _outbox.Open());
    }

    [Fact]
    public async Task Who_has_something_to_tell_waits_for_room_and_not_for_a_connection()
    {
        _outbox.Open();
        for (var i = 0; i < BrokerOutbox.Room; i++)
        {
            _outbox.Put(Event("e"));
        }

        var waiting = _outbox.WaitForRoomAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        _outbox.Done(await Next());
        await waiting.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        _outbox.Put(Event("e"));
        var closed = _outbox.WaitForRoomAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(closed.IsCompleted);
        _outbox.Close();
        await closed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void More_changed_things_than_are_remembered_are_everybody()
    {
        var changed = new ChangedThings(most: 1);
        Assert.True(changed.TakeEverybody());
        changed.Add(new("T", null));
        changed.Add(new("T", null));
        Assert.False(changed.TakeEverybody());

        changed.Add(new("T", "n"));

        Assert.True(changed.TakeEverybody());
        Assert.Equal(1, changed.Count);
    }

    private Task<LinkedListNode<Sending>> Next() => _outbox.NextAsync(TestContext.Current.CancellationToken);

    private static Sending Event(string topic) => new(new(topic, default), AtLeastOnce);

    private static Sending Notice(string topic, string thing) => Event(topic) with { Notice = new(thing, null) };

    private static Sending Answer(string topic) => Event(topic) with { WhenDone = () => { } };
}
