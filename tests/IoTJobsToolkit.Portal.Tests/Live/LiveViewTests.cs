using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Live;

public sealed class LiveViewTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Fleet _fleet = new();
    private readonly LiveJobs _live;
    private readonly List<LiveChanges> _paints = [];
    private readonly Dictionary<string, JobStatus> _statuses = [];

    public LiveViewTests() => _live = new(_fleet.Engine, _clock, NullLogger<LiveJobs>.Instance);

    public void Dispose()
    {
        _live.Dispose();
        _fleet.Dispose();
    }

    private LiveView Watch(LiveScope scope) => new(_live, scope, _clock, changes =>
    {
        _paints.Add(changes);
        return Task.CompletedTask;
    });

    private LiveBatch Batch(params JobsEvent[] events) => new(new(1, events, false), _statuses, withThings: true);

    private static JobChanged Changed(string jobId, JobStatus status = JobStatus.IN_PROGRESS) => new(
        default,
        jobId,
        new() { Sequence = 1, JobId = jobId, Targets = [], CreatedAt = default, LastUpdatedAt = default, Status = status },
        new(1));

    private static ExecutionChanged Executed(string jobId, string thing)
    {
        var execution = new JobExecution
        {
            Sequence = 1, JobSequence = 1, JobId = jobId, ThingSequence = 1, ThingName = thing, Number = 1, QueuedAt = default, LastUpdatedAt = default,
        };
        return new(default, null, execution);
    }

    private void Advance(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void The_first_change_is_painted_at_once_and_the_rest_four_times_a_second()
    {
        using var view = Watch(LiveScope.AllJobs);
        view.Offer(Batch(Changed("a")));
        Advance(1);
        Assert.Single(_paints);

        for (var i = 0; i < 100; i++)
        {
            view.Offer(Batch(Changed("b"), Changed("c")));
            Advance(10);
        }

        Assert.InRange(_paints.Count, 4, 5);
        Assert.Equal(["b", "c"], _paints[^1].Jobs.Order());
    }

    [Fact]
    public void Changes_gather_while_a_paint_runs()
    {
        var paint = new TaskCompletionSource();
        var paints = 0;
        using var view = new LiveView(_live, LiveScope.AllJobs, _clock, _ =>
        {
            paints++;
            return paint.Task;
        });
        view.Offer(Batch(Changed("a")));
        Advance(1);
        view.Offer(Batch(Changed("b")));
        Advance(10_000);
        Assert.Equal(1, paints);

        paint.SetResult();
        Advance(250);

        Assert.Equal(2, paints);
    }

    [Fact]
    public void A_paint_which_fails_is_made_up_for_by_the_next()
    {
        using var view = new LiveView(_live, LiveScope.AllJobs, _clock, changes =>
        {
            _paints.Add(changes);
            return _paints.Count == 1 ? Task.FromException(new InvalidOperationException("a fault")) : Task.CompletedTask;
        });
        view.Offer(Batch(Changed("a")));
        Advance(1);

        view.PaintAgainIn(TimeSpan.Zero);
        Advance(250);

        Assert.Equal([false, true], _paints.Select(changes => changes.Missed));
    }

    [Fact]
    public void A_view_of_one_job_hears_nothing_of_others()
    {
        using var view = Watch(new("mine"));
        view.Offer(Batch(Changed("other"), Executed("other", "t")));
        Advance(1000);
        Assert.Empty(_paints);

        view.Offer(Batch(Executed("mine", "t")));
        Advance(250);

        Assert.Equal([("mine", "t", 1L)], Assert.Single(_paints).Executions.Keys);
    }

    [Fact]
    public void A_view_of_one_thing_hears_of_its_executions_in_any_job()
    {
        using var view = Watch(new(ThingName: "t"));

        view.Offer(Batch(Executed("a", "t"), Executed("b", "other"), Executed("c", "t")));
        Advance(250);

        Assert.Equal(["a", "c"], Assert.Single(_paints).Executions.Keys.Select(key => key.JobId));
    }

    [Fact]
    public void Counters_move_a_job_not_its_place_in_the_list()
    {
        using var view = Watch(LiveScope.AllJobs);
        view.Offer(Batch(Changed("a")));
        Advance(250);
        view.Offer(Batch(Changed("a")));
        Advance(250);
        view.Offer(Batch(Changed("a", JobStatus.COMPLETED)));
        Advance(250);
        view.Offer(Batch(new JobChanged(default, "a", null, null)));
        Advance(250);

        Assert.Equal([true, false, true, true], _paints.Select(changes => changes.JobsMoved));
    }

    [Fact]
    public void Beyond_some_executions_only_their_number_counts()
    {
        using var view = Watch(new("a"));

        view.Offer(Batch([.. Enumerable.Range(0, 1000).Select(i => Executed("a", $"t{i}"))]));
        Advance(250);

        var changes = Assert.Single(_paints);
        Assert.True(changes.ManyExecutions);
        Assert.Empty(changes.Executions);
    }

    [Fact]
    public void Missed_events_ask_for_everything_afresh()
    {
        using var view = Watch(new("a"));

        view.Offer(new(new(9, [], Missed: true), _statuses, false));
        Advance(250);

        Assert.True(Assert.Single(_paints).Missed);
    }

    [Fact]
    public void A_closed_page_is_painted_no_more()
    {
        var view = Watch(LiveScope.AllJobs);
        view.Offer(Batch(Changed("a")));
        Advance(1);
        view.Offer(Batch(Changed("a")));

        view.Dispose();
        Advance(1000);

        Assert.Single(_paints);
    }

    [Fact]
    public void A_page_may_ask_to_be_painted_again_later()
    {
        using var view = Watch(LiveScope.AllJobs);
        view.PaintAgainIn(TimeSpan.FromSeconds(1));
        Advance(900);
        Assert.Empty(_paints);

        Advance(100);

        Assert.False(Assert.Single(_paints).Any);
    }
}
