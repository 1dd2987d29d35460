using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Connections, and sessions and messages of a broker.</summary>
public abstract partial class JobsStoreConformance
{
    /// <summary>In the order of their UTF-8, which is not that of their characters.</summary>
    private static readonly string[] Texts = ["a", "a/b", "aa", "b", "ä", "\uFFFD", "😀"];

    [Fact]
    public void A_connection_comes_back_with_every_field_changes_and_goes()
    {
        Assert.Null(Store.FindConnectivity(1));
        var bare = new ThingConnectivity(2, true, Time, null, 7);
        Commit(With(changes =>
        {
            changes.Connectivity[1] = FullConnectivity(1);
            changes.Connectivity[2] = bare;
        }));
        Same(FullConnectivity(1), Store.FindConnectivity(1));
        Same(bare, Store.FindConnectivity(2));

        Commit(With(changes =>
        {
            changes.Connectivity[1] = null;
            changes.Connectivity[2] = FullConnectivity(2);
            changes.Connectivity[3] = null;
        }));
        Assert.Null(Store.FindConnectivity(1));
        Same(FullConnectivity(2), Store.FindConnectivity(2));
    }

    [Fact]
    public void Runs_of_the_server_are_loaded_as_they_ended()
    {
        Commit(With(changes =>
        {
            changes.ConnectivityRuns[4] = new(4);
            changes.ConnectivityRuns[9] = new(9);
        }));
        Commit(With(changes => changes.ConnectivityRuns[4] = new(4, Time, DisconnectReason.SERVER_ERROR)));

        Same(
            [new(4, Time, DisconnectReason.SERVER_ERROR), new ConnectivityRun(9)],
            Store.Load().ConnectivityRuns.OrderBy(run => run.Sequence));
    }

    [Fact]
    public void Sessions_come_back_with_every_field_in_the_order_of_their_UTF_8()
    {
        var bare = new BrokerSession("a/b", new(CallerKind.Operator, "x"));
        Commit(With(changes =>
        {
            foreach (var text in Texts.Reverse())
            {
                changes.BrokerSessions[text] = text == "a/b" ? bare : FullSession(text);
            }
        }));
        Same(bare, Store.FindBrokerSession("a/b"));
        Assert.Null(Store.FindBrokerSession("A"));
        PagesTogetherAre([.. Texts.Select(text => text == "a/b" ? bare : FullSession(text))], Store.ReadBrokerSessions, session => session.ClientId);

        Commit(With(changes =>
        {
            changes.BrokerSessions["a"] = FullSession("a") with { Subscriptions = [] };
            changes.RemoveSession("b");
        }));
        Assert.Empty(Store.FindBrokerSession("a")!.Subscriptions);
        Assert.Null(Store.FindBrokerSession("b"));
    }

    [Fact]
    public void Messages_of_a_session_are_read_by_number_and_go_one_by_one()
    {
        var bare = new SessionMessage("a", 2, new("t", default, 0, Time));
        Commit(With(changes =>
        {
            changes.SessionMessages[("a", 300)] = FullMessage("a", 300);
            changes.SessionMessages[("a", 2)] = bare;
            changes.SessionMessages[("a", 1)] = FullMessage("a", 1);
            changes.SessionMessages[("aa", 1)] = FullMessage("aa", 1);
        }));
        PagesTogetherAre([FullMessage("a", 1), bare, FullMessage("a", 300)], (after, take) => Store.ReadSessionMessages("a", after, take), message => message.Number);

        Commit(With(changes =>
        {
            changes.SessionMessages[("a", 2)] = null;
            changes.SessionMessages[("a", 5)] = null;
        }));
        Same([1L, 300L], Store.ReadSessionMessages("a", 0, 10).Select(message => message.Number));
        Same(FullMessage("aa", 1), Assert.Single(Store.ReadSessionMessages("aa", 0, 10)));
        Assert.Empty(Store.ReadSessionMessages("", 0, 10));
    }

    [Fact]
    public void A_session_takes_its_messages_with_it_but_not_those_of_the_next_one_of_its_name()
    {
        Commit(With(changes =>
        {
            foreach (var text in Texts)
            {
                changes.BrokerSessions[text] = FullSession(text);
                changes.SessionMessages[(text, 1)] = FullMessage(text, 1);
                changes.SessionMessages[(text, 2)] = FullMessage(text, 2);
            }
        }));
        Commit(With(changes =>
        {
            changes.SessionMessages[("aa", 3)] = FullMessage("aa", 3);
            changes.Absorb(With(next => next.RemoveSession("a")));
            changes.Absorb(With(next => next.RemoveSession("aa")));
            changes.Absorb(With(next =>
            {
                next.BrokerSessions["aa"] = FullSession("aa");
                next.SessionMessages[("aa", 2)] = FullMessage("aa", 2);
            }));
        }));

        Assert.Empty(Store.ReadSessionMessages("a", 0, 10));
        Same([2L], Store.ReadSessionMessages("aa", 0, 10).Select(message => message.Number));
        Assert.All(Texts.Except(["a", "aa"]), text => Assert.Equal(2, Store.ReadSessionMessages(text, 0, 10).Count));
    }

    [Fact]
    public void Retained_messages_are_one_for_each_topic_in_the_order_of_its_UTF_8()
    {
        Commit(With(changes =>
        {
            foreach (var text in Texts)
            {
                changes.RetainedMessages[text] = FullBrokerMessage(text);
            }
            changes.RetainedMessages["gone"] = FullBrokerMessage("gone");
        }));
        var other = new BrokerMessage("aa", new byte[100_000], 0, Time);
        Commit(With(changes =>
        {
            changes.RetainedMessages["aa"] = other;
            changes.RetainedMessages["gone"] = null;
            changes.RetainedMessages["never"] = null;
        }));

        PagesTogetherAre([.. Texts.Select(text => text == "aa" ? other : FullBrokerMessage(text))], Store.ReadRetainedMessages, message => message.Topic);
    }

    [Fact]
    public void The_longest_names_of_a_broker_fit()
    {
        var (clientId, topic) = (new string('c', 512), new string('t', 512));
        Commit(With(changes =>
        {
            changes.BrokerSessions[clientId] = FullSession(clientId);
            changes.SessionMessages[(clientId, long.MaxValue)] = FullMessage(clientId, long.MaxValue);
            changes.RetainedMessages[topic] = FullBrokerMessage(topic);
        }));

        Same(FullSession(clientId), Store.FindBrokerSession(clientId));
        Same(FullMessage(clientId, long.MaxValue), Assert.Single(Store.ReadSessionMessages(clientId, 0, 2)));
        Same(FullBrokerMessage(topic), Assert.Single(Store.ReadRetainedMessages(null, 2)));
    }

    private static JobsChanges With(Action<JobsChanges> change)
    {
        var changes = ChangesOf.Nothing;
        change(changes);
        return changes;
    }
}
