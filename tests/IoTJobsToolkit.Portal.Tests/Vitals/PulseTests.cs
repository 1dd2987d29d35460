using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Vitals;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Vitals;

public sealed class PulseTests : PulseTest
{
    private static Dictionary<string, string> Because(string reason) => new() { ["reason"] = reason };

    private static int[] Sums(PulseSnapshot snapshot) =>
        [snapshot.LastHour.Queued.Sum(), snapshot.LastHour.Started.Sum(), snapshot.LastHour.Succeeded.Sum(), snapshot.LastHour.Failed.Sum()];

    /// <summary>Two jobs, of which one has ended, an hour and more of work.</summary>
    private async Task WorkAsync()
    {
        var things = await Fleet.AddThingsAsync(8);
        await Fleet.AddJobAsync("old", things[..1]);
        await Fleet.ReportAsync("old", things[0], JobExecutionStatus.SUCCEEDED);
        Pass(61);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.AddJobAsync("ended", things[..2]);
        await Fleet.ReportAsync("ended", things[0], JobExecutionStatus.FAILED, Because("disk full"));
        Pass(20);
        await Fleet.ReportAsync("ended", things[1], JobExecutionStatus.REJECTED, Because("battery low"));
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.IN_PROGRESS);
        Pass(16);
        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.FAILED, Because("disk full"));
        await Fleet.ReportAsync("fw", things[2], JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("fw", things[3], JobExecutionStatus.IN_PROGRESS);
        Pass(0.2);
        await SeeAsync(seen => seen.Running is [{ Counts: { Failed: 1, Succeeded: 1, InProgress: 2 } }]);
        Pass(0.1); // The hour's lines follow within a second.
    }

    [Fact]
    public async Task The_last_hour_is_counted_by_minute_job_and_reason()
    {
        await WorkAsync();

        var snapshot = Pulse.Read();

        Assert.Equal([10, 3, 1, 3], Sums(snapshot));
        Assert.Equal((1, 1, 1), (snapshot.LastHour.Failed[^1], snapshot.LastHour.Succeeded[^1], snapshot.LastHour.Failed[^17]));
        Assert.Equal([new("ended", 2), new("fw", 1)], snapshot.FailuresByJob);
        Assert.Equal([new("disk full", 2), new("battery low", 1)], snapshot.FailuresByReason);
    }

    [Fact]
    public async Task What_began_before_it_is_read_and_comes_to_the_same()
    {
        await WorkAsync();
        var live = Pulse.Read();

        var filled = await SeeAsync(await StartAsync(), seen => seen.Running.Count == 1);

        Assert.Equal(live.LastHour.Queued, filled.LastHour.Queued);
        Assert.Equal(live.LastHour.Started, filled.LastHour.Started);
        Assert.Equal(live.LastHour.Succeeded, filled.LastHour.Succeeded);
        Assert.Equal(live.LastHour.Failed, filled.LastHour.Failed);
        Assert.Equal(live.FailuresByJob, filled.FailuresByJob);
        Assert.Equal(live.FailuresByReason, filled.FailuresByReason);
        Assert.Equal(live.Troubles, filled.Troubles);
        Assert.Equal(live.Running, filled.Running);
        Assert.Contains(filled.Troubles, trouble => trouble is { Kind: TroubleKind.DevicesSilent, Count: 1 });
    }

    [Fact]
    public async Task An_hour_later_the_hour_is_empty()
    {
        await WorkAsync();
        Pass(61);

        var snapshot = await SeeAsync(_ => true);

        Assert.Equal([0, 0, 0, 0], Sums(snapshot));
        Assert.Empty(snapshot.FailuresByJob);
        Assert.Empty(snapshot.FailuresByReason);
    }

    [Fact]
    public async Task The_pace_is_that_of_the_last_minutes_and_foretells_the_finish()
    {
        var things = await Fleet.AddThingsAsync(100);
        await Fleet.AddJobAsync("fw", things);
        Pass(9.5); // To a full minute: the pace is of 4 minutes and what has passed of the fifth.
        foreach (var thing in things[..10])
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.SUCCEEDED);
            await Fleet.ReportAsync("fw", things[10 + Array.IndexOf(things, thing)], JobExecutionStatus.FAILED);
        }

        var job = Assert.Single((await SeeAsync(seen => seen.Running is [{ Counts.Completed: 20 }])).Running);
        Assert.Equal(5, job.PerMinute);
        Assert.Equal(Clock.GetUtcNow().AddMinutes(16), job.Forecast.At);
        Assert.Equal(Clock.GetUtcNow(), job.MovedAt);

        Pass(5);
        job = Assert.Single((await SeeAsync(_ => true)).Running);
        Assert.Equal(0, job.PerMinute);
        Assert.Equal("unknown", job.Forecast.Unknown);
    }

    [Fact]
    public async Task Who_watches_is_painted_with_the_first_change_at_once_and_four_times_a_second_at_the_most()
    {
        var things = await Fleet.AddThingsAsync(100);
        await Fleet.AddJobAsync("fw", things);
        await SeeAsync(seen => seen.Running is [{ Counts.Queued: 100 }]);
        var paints = new List<PulseSnapshot>();
        using var watcher = Pulse.Watch(snapshot =>
        {
            lock (paints)
            {
                paints.Add(snapshot);
            }
            return Task.CompletedTask;
        });

        var began = Clock.GetUtcNow();
        foreach (var thing in things)
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.IN_PROGRESS);
            Clock.Advance(TimeSpan.FromMilliseconds(10));
        }
        var deadline = DateTimeOffset.UtcNow + Deadline;
        while (!IsPainted() && DateTimeOffset.UtcNow < deadline)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.True(IsPainted());
        Assert.InRange(paints.Count, 2, 2 + (Clock.GetUtcNow() - began) / TimeSpan.FromMilliseconds(250));

        bool IsPainted()
        {
            lock (paints)
            {
                return paints.Count > 0 && paints[^1].Running[0].Counts.InProgress == 100;
            }
        }
    }

    [Theory]
    [InlineData(1, 250)]
    [InlineData(50, 250)]
    [InlineData(200, 1000)]
    public void Many_pages_are_painted_less_often(int pages, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Portal.Vitals.Pulse.IntervalOf(pages, TimeSpan.Zero));

    [Theory]
    [InlineData(20, 250)]
    [InlineData(90, 900)]
    public void Making_snapshots_takes_a_tenth_of_the_time_at_the_most(int took, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Portal.Vitals.Pulse.IntervalOf(1, TimeSpan.FromMilliseconds(took)));

    [Fact]
    public async Task The_first_paint_of_a_page_takes_a_costly_snapshot_of_a_moment_ago()
    {
        var clock = new SlowClock(Clock.GetUtcNow());
        var pulse = await StartAsync(clock);
        var first = pulse.Read();

        clock.Advance(TimeSpan.FromSeconds(6)); // The time of day has moved.
        Assert.Same(first, pulse.Read());
        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(first.At.AddSeconds(10), pulse.Read().At);
    }

    [Fact]
    public void A_hundred_thousand_running_jobs_cost_a_snapshot_no_more_than_their_lines()
    {
        using var fleet = new Fleet(Clock, null, Browser.ManyJobs.Store(100_000));
        var ledger = new VitalsLedger(fleet.Engine.ReadJobs(), Clock.GetUtcNow());
        VitalsReading.Read(ledger, fleet.Engine, null, Clock.GetUtcNow());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var snapshot = VitalsReading.Read(ledger, fleet.Engine, null, Clock.GetUtcNow());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        TestContext.Current.TestOutputHelper?.WriteLine($"{allocated / 1e6:0.0} MB");
        Assert.Equal((100_000, 50), (snapshot.RunningCount, snapshot.Running.Count));
        Assert.InRange(allocated, 0, 25_000_000);
    }

    [Fact]
    public async Task Who_only_wants_to_know_of_trouble_hears_of_nothing_else()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw", things);
        await SeeAsync(seen => seen.RunningCount == 1);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<int>();
        using var watcher = Pulse.Watch(
            snapshot =>
            {
                heard.Enqueue(snapshot.NeedPerson);
                return Task.CompletedTask;
            },
            isPage: false);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        await SeeAsync(seen => seen.Running is [{ Counts.InProgress: 1 }]);
        for (var i = 0; i < 20; i++)
        {
            Pass(1);
        }

        var deadline = DateTimeOffset.UtcNow + Deadline;
        while (heard.Count < 2 && DateTimeOffset.UtcNow < deadline)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal([0, 1], heard);
    }

    [Fact]
    public async Task Who_was_out_of_reach_is_told_again()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<int>();
        using var watcher = Pulse.Watch(
            snapshot =>
            {
                heard.Enqueue(snapshot.NeedPerson);
                return heard.Count == 1 ? Task.FromCanceled(new CancellationToken(canceled: true)) : Task.CompletedTask;
            },
            isPage: false);
        Assert.True(await EventuallyAsync(() => heard.Count == 1));

        Assert.True(await EventuallyAsync(() =>
        {
            Pass(0.1);
            return heard.Count == 2;
        }));

        Assert.Equal([0, 0], heard);
    }

    [Fact]
    public async Task After_missed_events_all_is_read_again()
    {
        var things = await Fleet.AddThingsAsync(300);
        var clock = new HaltingClock(Clock.GetUtcNow());
        var pulse = await StartAsync(clock);
        await Fleet.AddJobAsync("fw", things);
        await SeeAsync(pulse, seen => seen.Running is [{ Counts.Queued: 300 }]);
        clock.Halt();
        foreach (var thing in things) // Each is a commit: more than wait for anybody.
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.FAILED, Because("disk full"));
        }
        Pass(0.5);
        clock.GoOn(Clock.GetUtcNow());
        await Fleet.AddJobAsync("next", things[..1]);
        Assert.True(await EventuallyAsync(() => pulse.Read().IsCounting));
        clock.GoOn(clock.GetUtcNow().AddMinutes(1));

        Assert.True(await EventuallyAsync(() => IsSeen(pulse, clock, seen => seen.FailuresByReason.Count > 0)));

        Assert.Equal([new("disk full", 300)], pulse.Read().FailuresByReason);
    }

    [Fact]
    public async Task Ended_jobs_in_which_nothing_happened_for_an_hour_are_not_read()
    {
        await WorkAsync();

        Assert.Equal(["ended", "fw"], new VitalsLedger(Fleet.Engine.ReadJobs(), Clock.GetUtcNow()).ToRead.Order());
    }

    [Fact]
    public async Task A_fault_is_made_up_for_by_reading_all_again()
    {
        var things = await Fleet.AddThingsAsync(1);
        var clock = new HaltingClock(Clock.GetUtcNow());
        var pulse = await StartAsync(clock);
        await SeeAsync(pulse, _ => true);
        clock.FailOnce();
        await Fleet.AddJobAsync("fw", things);
        Assert.True(await EventuallyAsync(() => clock.HasFailed)); // The pulse is to meet the fault, not this test.
        Assert.True(await EventuallyAsync(() => pulse.Read().IsCounting));
        clock.GoOn(clock.GetUtcNow().AddMinutes(1));

        Assert.True(await EventuallyAsync(() => IsSeen(pulse, clock, seen => seen.RunningCount == 1)));
    }

    /// <summary>Reading leaves time to others, so that some has to pass; however long the machine takes, the hour that is counted must not.</summary>
    private static bool IsSeen(Pulse pulse, HaltingClock clock, Func<PulseSnapshot, bool> isIt)
    {
        clock.GoOn(clock.GetUtcNow().AddMilliseconds(100));
        return pulse.Read() is { IsCounting: false } snapshot && isIt(snapshot);
    }

    private static async Task<bool> EventuallyAsync(Func<bool> isIt)
    {
        var deadline = DateTimeOffset.UtcNow + Deadline;
        while (!isIt() && DateTimeOffset.UtcNow < deadline)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        return isIt();
    }

    /// <summary>Whoever asks it for the time waits, or fails, when the test says so.</summary>
    private sealed class HaltingClock(DateTimeOffset now) : FakeTimeProvider(now)
    {
        private readonly ManualResetEventSlim _goesOn = new(true);
        private int _failOnce;

        public void Halt() => _goesOn.Reset();

        public bool HasFailed => Volatile.Read(ref _failOnce) == 0;

        public void FailOnce() => Volatile.Write(ref _failOnce, 1);

        public void GoOn(DateTimeOffset now)
        {
            _goesOn.Set();
            SetUtcNow(now);
        }

        public override DateTimeOffset GetUtcNow()
        {
            _goesOn?.Wait();
            return Interlocked.Exchange(ref _failOnce, 0) == 1 ? throw new InvalidOperationException("a faulty clock") : base.GetUtcNow();
        }
    }

    /// <summary>Whatever is measured takes a second.</summary>
    private sealed class SlowClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private long _timestamp;

        public override long GetTimestamp() => Interlocked.Add(ref _timestamp, TimeSpan.TicksPerSecond);
    }
}
