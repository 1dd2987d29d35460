using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.JobForm;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class TargetCounterTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public async Task Groups_of_many_pages_are_merged_and_each_thing_counts_once()
    {
        var things = await _fleet.AddThingsAsync(700);
        await AddGroupAsync("odd", things.Where((_, i) => i % 2 == 1));
        await AddGroupAsync("third", things.Where((_, i) => i % 3 == 0));
        using var counter = new TargetCounter(_fleet.Operator, TimeProvider.System);

        await counter.CountAsync([new("odd", true), new("third", true), new(things[0], false), new(things[2], false)], () => Task.CompletedTask);

        var expected = things.Where((_, i) => i % 2 == 1 || i % 3 == 0 || i is 0 or 2).ToList();
        Assert.Equal(((long)expected.Count, false, true), (counter.Count.Things, counter.Count.IsRunning, counter.Count.IsComplete));
        Assert.Equal(expected.Take(TargetCounter.Shown), counter.Count.First);
    }

    [Fact]
    public async Task Stopped_it_keeps_what_it_has_and_says_so()
    {
        var things = await _fleet.AddThingsAsync(300);
        await AddGroupAsync("all", things);
        var slow = new SlowJobs(_fleet.Operator);
        var clock = new FakeTimeProvider();
        using var counter = new TargetCounter(slow, clock);
        var reported = new TaskCompletionSource();

        var counting = counter.CountAsync([new("all", true)], () =>
        {
            reported.TrySetResult();
            return Task.CompletedTask;
        });
        await slow.Asked.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(1));
        slow.Answer();
        await reported.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.True(counter.Count is { IsRunning: true, Things: > 0, IsComplete: false });
        counter.Stop();
        await counting.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        Assert.True(counter.Count is { IsRunning: false, Things: 250, IsComplete: false, Problem: null });
    }

    [Fact]
    public async Task A_group_that_is_gone_meanwhile_is_told()
    {
        using var counter = new TargetCounter(_fleet.Operator, TimeProvider.System);

        await counter.CountAsync([new("gone", true)], () => Task.CompletedTask);

        Assert.Contains("gone", counter.Count.Problem, StringComparison.Ordinal);
        Assert.False(counter.Count.IsComplete);
    }

    private async Task AddGroupAsync(string name, IEnumerable<string> things)
    {
        await _fleet.RunAsync(new CreateThingGroup(name));
        await Task.WhenAll(things.Select(thing => _fleet.RunAsync(new AddThingToThingGroup { ThingGroupName = name, ThingName = thing })));
    }

    /// <summary>Answers the first page when it is told to, and no other before it is canceled.</summary>
    private sealed class SlowJobs(IJobs jobs) : IJobs
    {
        private readonly TaskCompletionSource _asked = new();
        private readonly TaskCompletionSource _answer = new();
        private bool _isFirst = true;

        public Task Asked => _asked.Task;

        public void Answer() => _answer.SetResult();

        public async Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken)
        {
            var answer = await jobs.ExecuteAsync(operation, cancellationToken);
            _asked.TrySetResult();
            await (_isFirst ? _answer.Task : Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
            _isFirst = false;
            return answer;
        }
    }
}
