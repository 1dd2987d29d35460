using System.Threading.Channels;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>Hands committed events to subscribers, in commit order; a slow one misses some and is told so.</summary>
internal sealed class JobsFeed
{
    private readonly Lock _lock = new();
    private Subscription[] _subscriptions = [];
    private long _number;

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

        private bool _missed;

        public override ChannelReader<JobsEventBatch> Batches => _batches.Reader;

        public void Offer(long number, IReadOnlyList<JobsEvent> events) =>
            _missed = !_batches.Writer.TryWrite(new(number, events, _missed));

        public override void Dispose()
        {
            feed.Remove(this);
            _batches.Writer.TryComplete();
        }
    }
}

/// <summary>Somebody's view of committed events, until it is disposed or the engine ends.</summary>
public abstract class JobsSubscription : IDisposable
{
    public abstract ChannelReader<JobsEventBatch> Batches { get; }

    public abstract void Dispose();
}
