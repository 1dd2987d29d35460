using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Tests.Vitals;

public sealed class VitalsLedgerTests : PulseTest
{
    [Fact]
    public async Task Beyond_a_number_executions_in_progress_are_not_watched_and_it_says_so()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("fw", things);
        foreach (var thing in things)
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.IN_PROGRESS);
        }
        Pass(1);
        var ledger = new VitalsLedger(Fleet.Engine.ReadJobs(), Clock.GetUtcNow(), mostRunning: 2);
        ledger.BeginPage();
        ledger.Apply((await Fleet.Engine.ReadExecutionsAsync("fw", null, 10, TestContext.Current.CancellationToken)).Executions, Clock.GetUtcNow());
        Pass(16);
        ledger.Running.Look(Clock.GetUtcNow());

        var snapshot = VitalsReading.Read(ledger, Fleet.Engine, null, Clock.GetUtcNow());

        Assert.Equal(2, snapshot.WatchesOnly);
        Assert.Equal(2, Assert.Single(snapshot.Troubles).Count);
    }

    [Fact]
    public async Task A_page_which_is_older_than_an_event_does_not_bring_back_what_ended()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(1);
        var ledger = new VitalsLedger(Fleet.Engine.ReadJobs(), Clock.GetUtcNow());
        ledger.BeginPage();
        var page = await Fleet.Engine.ReadExecutionsAsync("fw", null, 10, TestContext.Current.CancellationToken);
        using var events = Fleet.Engine.Subscribe();
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.SUCCEEDED);
        ledger.Apply((await events.Batches.ReadAsync(TestContext.Current.CancellationToken)).Events, Clock.GetUtcNow());

        ledger.Apply(page.Executions, Clock.GetUtcNow());

        Assert.Equal(0, ledger.Running.Count);
        Assert.Equal((1, 1), (ledger.Started.Sum(Clock.GetUtcNow()), ledger.Succeeded.Sum(Clock.GetUtcNow())));
    }

    [Fact]
    public async Task Before_its_devices_reports_are_read_no_job_is_called_stuck()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(20);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS); // Progress, which moves no counter.
        Pass(14);

        var ledger = new VitalsLedger(Fleet.Engine.ReadJobs(), Clock.GetUtcNow());

        Assert.True(ledger.IsCounting);
        Assert.Empty(VitalsReading.Read(ledger, Fleet.Engine, null, Clock.GetUtcNow()).Troubles);
    }

    [Fact]
    public async Task What_begins_and_ends_at_once_leaves_nothing_behind()
    {
        var now = Clock.GetUtcNow();
        await Fleet.AddJobAsync("fw", await Fleet.AddThingsAsync(1));
        var ledger = new VitalsLedger(Fleet.Engine.ReadJobs(), now);
        var execution = (await Fleet.Engine.ReadExecutionsAsync("fw", null, 1, TestContext.Current.CancellationToken)).Executions[0];
        var running = execution with { Status = JobExecutionStatus.IN_PROGRESS };
        for (var i = 1; i <= 50_000; i++)
        {
            var one = running with { Sequence = 1_000 + i, ThingName = $"t-{i}" };
            ledger.Running.Put(ledger.Jobs.First(), one, now);
            if (i > 10)
            {
                ledger.Running.Remove(one.Sequence);
            }
        }

        Assert.Equal(10, ledger.Running.Count);
        Assert.InRange(ledger.Running.Looks, 10, 10_001);
        ledger.Running.Look(now.AddMinutes(15));
        Assert.Equal(10, Assert.Single(ledger.Jobs).Silent.Count);
    }

    [Fact]
    public async Task A_fleet_which_falls_silent_at_once_is_told_in_parts()
    {
        var now = Clock.GetUtcNow();
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        var ledger = new VitalsLedger(Fleet.Engine.ReadJobs(), now);
        var execution = (await Fleet.Engine.ReadExecutionsAsync("fw", null, 1, TestContext.Current.CancellationToken)).Executions[0];
        ledger.BeginPage();
        ledger.Apply(
            [.. Enumerable.Range(1, 15_000).Select(i => execution with { Sequence = 1_000 + i, ThingName = $"t-{i}", Status = JobExecutionStatus.IN_PROGRESS })], now);
        var later = now.AddMinutes(15);

        Assert.False(ledger.Running.Look(later));
        Assert.Equal(10_000, Assert.Single(ledger.Jobs).Silent.Count);
        Assert.True(ledger.Running.Look(later));
        Assert.Equal(15_000, Assert.Single(ledger.Jobs).Silent.Count);
    }
}
