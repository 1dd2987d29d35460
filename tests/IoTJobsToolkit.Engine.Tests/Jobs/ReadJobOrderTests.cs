using System.Diagnostics;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Jobs;

public sealed class ReadJobOrderTests : IDisposable
{
    private readonly TestEngine _t = new(new() { Limits = LimitsProfile.None });

    public void Dispose() => _t.Dispose();

    private Task<IReadOnlyList<string>> Order(JobsFilter? filter = null, JobsOrder? order = null) =>
        _t.Engine.ReadJobOrderAsync(filter ?? new(), order ?? new(), TestContext.Current.CancellationToken);

    /// <summary>Three jobs, a minute apart: fine (all succeeded), bad (one of two failed, the other in progress), stopped (canceled).</summary>
    private async Task<IReadOnlyList<string>> Jobs()
    {
        await _t.Things("one", "two");
        foreach (var (id, at) in new[] { ("fine", 0), ("bad", 60), ("stopped", 120) })
        {
            await _t.At(at);
            await _t.Run(new CreateJob(id, [TestEngine.ThingArn("one"), TestEngine.ThingArn("two")])
            {
                Document = "{}",
                Description = id == "fine" ? "Runs NIGHTLY" : null,
                TargetSelection = id == "bad" ? TargetSelection.CONTINUOUS : null,
            });
            await _t.Engine.SettleAsync(id, null, TestContext.Current.CancellationToken);
        }
        await Report("fine", "one", JobExecutionStatus.SUCCEEDED);
        await Report("fine", "two", JobExecutionStatus.SUCCEEDED);
        await Report("bad", "one", JobExecutionStatus.FAILED);
        await Report("bad", "two", JobExecutionStatus.IN_PROGRESS);
        await _t.At(180);
        await _t.Run(new CancelJob("stopped"));
        return await Order();
    }

    private async Task Report(string jobId, string thing, JobExecutionStatus status) => await _t.Device(thing).ExecuteAsync(
        new UpdateJobExecution(jobId, thing) { Status = status }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task As_a_rule_jobs_come_in_the_order_of_ListJobs()
    {
        var order = await Jobs();

        Assert.Equal(["bad", "fine", "stopped"], order);
        Assert.Equal((await _t.Run(new ListJobs())).Jobs.Select(job => job.JobId), order);
    }

    [Theory]
    [InlineData(JobsSort.JobId, false, "bad fine stopped")]
    [InlineData(JobsSort.JobId, true, "stopped fine bad")]
    [InlineData(JobsSort.Status, true, "stopped fine bad")]
    [InlineData(JobsSort.CreatedAt, false, "fine bad stopped")]
    [InlineData(JobsSort.CreatedAt, true, "stopped bad fine")]
    [InlineData(JobsSort.LastUpdatedAt, true, "stopped fine bad")]
    [InlineData(JobsSort.FailedShare, true, "bad stopped fine")]
    [InlineData(JobsSort.InProgress, true, "bad stopped fine")]
    [InlineData(JobsSort.Total, false, "stopped bad fine")]
    public async Task Each_order_has_its_ties_newest_first(JobsSort by, bool descending, string expected)
    {
        await Jobs();

        Assert.Equal(expected.Split(' '), await Order(order: new(by, descending)));
    }

    public static TheoryData<JobsFilter, string> Filters => new()
    {
        { new() { Status = JobStatus.CANCELED }, "stopped" },
        { new() { Text = "nightly" }, "fine" },
        { new() { Text = "THING/TWO" }, "bad fine stopped" },
        { new() { Text = "opp" }, "stopped" },
        { new() { TargetSelection = TargetSelection.CONTINUOUS }, "bad" },
        { new() { HasFailures = true }, "bad" },
        { new() { CreatedFrom = TestEngine.T0.AddSeconds(60) }, "bad stopped" },
        { new() { EndedFrom = TestEngine.T0 }, "fine stopped" },
        { new() { EndedFrom = TestEngine.T0.AddSeconds(150) }, "stopped" },
        { new() { HasFailures = true, Status = JobStatus.COMPLETED }, "" },
    };

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public async Task All_that_is_asked_must_hold(JobsFilter filter, string expected)
    {
        await Jobs();

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await Order(filter));
    }

    [Fact]
    public async Task Jobs_are_read_by_id_without_those_which_are_not_there()
    {
        await Jobs();

        var read = await _t.Engine.ReadJobsAsync(["stopped", "none", "bad"], TestContext.Current.CancellationToken);

        Assert.Equal(["stopped", "bad"], read.Select(job => job.JobId));
        Assert.Equal((await _t.Run(new DescribeJob("bad"))).Job.JobProcessDetails, read[1].JobProcessDetails);
    }

    [Fact]
    public async Task A_hundred_thousand_jobs_are_filtered_and_sorted_in_a_moment()
    {
        using var engine = new JobsEngine(StoreOf(100_000), _t.Clock);
        var filter = new JobsFilter { Text = "wave", HasFailures = true };
        var took = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var order = await engine.ReadJobOrderAsync(filter, new(JobsSort.FailedShare, true), TestContext.Current.CancellationToken);
            took = TimeSpan.FromTicks(Math.Min(took.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
            Assert.Equal(99_000, order.Count);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{took.TotalMilliseconds:0} ms");
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(2)); // 150 ms on two free cores.
    }

    /// <summary>Jobs as a database holds them which has been used for years; one in a hundred has no failure.</summary>
    private static InMemoryJobsStore StoreOf(int count)
    {
        var changes = new JobsChanges { NextSequence = count + 1 };
        for (var i = 1; i <= count; i++)
        {
            var at = TestEngine.T0.AddSeconds(-i);
            changes.Jobs[i] = new(null, new()
            {
                Sequence = i,
                JobId = $"wave-{i}",
                Targets = [new(TestEngine.ThingArn($"pump-{i}"), TargetKind.Thing, $"pump-{i}", i)],
                Description = "Firmware of this year",
                CreatedAt = at,
                LastUpdatedAt = at,
                StartedAt = at,
            });
            changes.Progress[i] = new(null, new(i) { Counts = new(i % 7, i % 5, i % 900, i % 100, 0, 0, 0, 0) });
        }
        var store = new InMemoryJobsStore();
        store.Commit(changes);
        return store;
    }
}
