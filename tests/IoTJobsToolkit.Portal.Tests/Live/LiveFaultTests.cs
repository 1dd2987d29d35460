using System.Collections.Concurrent;
using IoTJobsToolkit.Portal.Live;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Live;

public sealed class LiveFaultTests
{
    [Fact]
    public async Task A_batch_which_cannot_be_handled_is_logged_and_every_page_reads_afresh()
    {
        using var fleet = new Fleet();
        var (clock, log) = (new FaultyClock(), new FaultLog());
        using var live = new LiveJobs(fleet.Engine, clock, log);
        await live.StartAsync(TestContext.Current.CancellationToken);
        var paints = new ConcurrentQueue<LiveChanges>();
        using var view = live.Watch(LiveScope.AllJobs, changes =>
        {
            paints.Enqueue(changes);
            return Task.CompletedTask;
        });
        var things = await fleet.AddThingsAsync(1);

        clock.FailOnce = true;
        await fleet.AddJobAsync("a", things);
        var fault = await log.Fault.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await live.StopAsync(TestContext.Current.CancellationToken);
        clock.Advance(LiveView.PaintInterval);

        Assert.Equal("a faulty clock", fault.Message);
        Assert.Contains(paints, changes => changes.Missed);
    }

    private sealed class FaultyClock : FakeTimeProvider
    {
        private int _failOnce;

        public bool FailOnce { set => _failOnce = value ? 1 : 0; }

        public override DateTimeOffset GetUtcNow() =>
            Interlocked.Exchange(ref _failOnce, 0) == 1 ? throw new InvalidOperationException("a faulty clock") : base.GetUtcNow();
    }

    private sealed class FaultLog : ILogger<LiveJobs>
    {
        public TaskCompletionSource<Exception> Fault { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Fault.TrySetResult(exception!);
    }
}
