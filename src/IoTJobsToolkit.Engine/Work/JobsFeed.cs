using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>Hands committed events to subscribers, in commit order; a slow one misses some and is told so.</summary>
internal sealed class JobsFeed
{
    private readonly Lock _lock = new();
    private Subscription[] _subscriptions = [];
    private long _number;
    private long _missedEvents;

    /// <summary>Events that did not fit into a subscription, counted for each of them.</summary>
    public long Missed => Interlocked.Read(ref _missedEvents);

    public JobsSubscription Subscribe(int capacity)
    {
        var subscription = new Subscription(this, capacity);
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }
        return subscription;
    }

    public void Publish(IReadOnlyList<JobsEvent> events)
    {
        _number++;
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Offer(_number, events);
        }
    }

    public void Close()
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Dispose();
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
        }
    }

    private sealed class Subscription(JobsFeed feed, int capacity) : JobsSubscription
    {
        private readonly Channel<JobsEventBatch> _batches = Channel.CreateBounded<JobsEventBatch>(
            new BoundedChannelOptions(capacity) { SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

        private Telling? _telling;

        /// <summary>The last batch which did not fit and of which nothing was said yet; 0 for none.</summary>
        private long _missed;

        public override ChannelReader<JobsEventBatch> Batches => _telling ??= new(this);

        public void Offer(long number, IReadOnlyList<JobsEvent> events)
        {
            var missed = Interlocked.Exchange(ref _missed, 0) != 0;
            if (_batches.Writer.TryWrite(new(number, events, missed)))
            {
                return;
            }
            Interlocked.Add(ref feed._missedEvents, events.Count);
            Volatile.Write(ref _missed, number);
            if (_batches.Reader.Count == 0 && TryTellMissed(out var told))
            {
                _batches.Writer.TryWrite(told); // The reader has come to the end meanwhile, and waits.
            }
        }

        public override void Dispose()
        {
            feed.Remove(this);
            _batches.Writer.TryComplete();
        }

        private bool TryTellMissed([MaybeNullWhen(false)] out JobsEventBatch told)
        {
            var number = Interlocked.Exchange(ref _missed, 0);
            told = number == 0 ? null : new(number, [], Missed: true);
            return number != 0;
        }

        /// <summary>Who has read all that fitted is told that there was more: if nothing happened any more, no later batch would say so.</summary>
        private sealed class Telling(Subscription subscription) : ChannelReader<JobsEventBatch>
        {
            private ChannelReader<JobsEventBatch> Inner => subscription._batches.Reader;

            public override Task Completion => Inner.Completion;

            public override bool CanCount => Inner.CanCount;

            public override int Count => Inner.Count;

            public override bool TryRead([MaybeNullWhen(false)] out JobsEventBatch item) => Inner.TryRead(out item) || subscription.TryTellMissed(out item);

            public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
                Volatile.Read(ref subscription._missed) != 0 ? new(true) : Inner.WaitToReadAsync(cancellationToken);
        }
    }
}

/// <summary>Somebody's view of committed events, until it is disposed or the engine ends.</summary>
public abstract class JobsSubscription : IDisposable
{
    public abstract ChannelReader<JobsEventBatch> Batches { get; }

    public abstract void Dispose();
}
