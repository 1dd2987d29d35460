using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 2, 3, 4: how fast executions come into being.</summary>
public class RolloutTests : IDisposable
{
    private readonly TestEngine _t;

    public RolloutTests()
        : this(isCut: false)
    {
    }

    protected RolloutTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task An_exponential_rate_grows_with_every_further_thousand_notified_things()
    {
        await _t.Group("g", 6000);
        await _t.Create("e1", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = Exponential(50, 2, 1000, notified: 1000, succeeded: 1000) });
        (double At, long Created)[] table =
        [
            (0, 50), (59.999, 50), (60, 100), (1199, 1000), (1200, 1100), (1740, 2000), (1800, 2200), (2040, 3000), (2100, 3400),
            (2160, 3800), (2220, 4200), (2280, 5000),
        ];
        foreach (var (at, created) in table)
        {
            await _t.At(at);
            Assert.Equal((at, created), (at, (await _t.Job("e1")).JobProcessDetails.NumberOfQueuedThings));
        }
        Assert.True((await _t.Job("e1")).IsConcurrent);
        Assert.Equal([GroupArn("g")], (await _t.Job("e1")).JobProcessDetails.ProcessingTargets);

        await _t.At(2340);
        var job = await _t.Job("e1");
        Assert.Equal((6000L, false), (job.JobProcessDetails.NumberOfQueuedThings, job.IsConcurrent));
        Assert.Null(job.JobProcessDetails.ProcessingTargets);
        Assert.Equal(T0.AddSeconds(2340), job.LastUpdatedAt);
    }

    [Fact]
    public async Task An_exponential_rate_grows_with_successes_and_stays_below_its_maximum()
    {
        await _t.Group("g", 1500);
        await _t.Create("e2", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = Exponential(50, 2, 300, succeeded: 100) });
        long[] after = [50, 100, 150, 250, 350, 550, 850, 1150, 1450, 1500];
        var notified = 0;
        for (var k = 0; k < after.Length; k++)
        {
            await _t.At(60 * k);
            Assert.Equal((k, after[k]), (k, Total(await _t.Job("e2"))));
            await _t.At(60 * k + 30);
            // Those of window k - 1 succeed 90 s after they were notified.
            for (var end = k == 0 ? 0 : (int)after[k - 1]; notified < end; notified++)
            {
                await _t.Report("e2", Member("g", notified), JobExecutionStatus.SUCCEEDED);
            }
        }
        await _t.At(630);
        for (; notified < 1500; notified++)
        {
            await _t.Report("e2", Member("g", notified), JobExecutionStatus.SUCCEEDED);
        }
        var job = await _t.Job("e2");
        Assert.Equal((JobStatus.COMPLETED, T0.AddSeconds(630)), (job.Status, job.CompletedAt!.Value));
    }

    [Fact]
    public async Task Fractions_of_a_rate_are_cut()
    {
        await _t.Group("g", 220);
        await _t.Create("e3", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = Exponential(10, 1.5m, 100, notified: 20) });
        long[] after = [10, 20, 35, 50, 72, 105, 180, 220];
        for (var k = 0; k < after.Length; k++)
        {
            await _t.At(60 * k);
            Assert.Equal((k, after[k]), (k, Total(await _t.Job("e3"))));
        }
    }

    [Theory]
    [InlineData(25, "1.4", 2, 49)]
    [InlineData(25, "2.8", 2, 196)]
    [InlineData(25, "4.6", 1, 115)]
    [InlineData(30, "4.1", 1, 123)]
    public void Rates_are_exact_decimals(int baseRate, string factor, int increases, long rate) => Assert.Equal(
        rate,
        RolloutRate.PerWindow(
            Exponential(baseRate, decimal.Parse(factor, System.Globalization.CultureInfo.InvariantCulture), 1000, notified: 1), increases, LimitsProfile.Aws));

    [Fact]
    public async Task A_constant_rate_creates_one_batch_a_minute_and_a_cancel_stops_it()
    {
        await _t.Group("g", 2500);
        await _t.Create("k1", GroupArn("g"));
        await _t.At(0);
        Assert.Equal((1000L, true), (Total(await _t.Job("k1")), (await _t.Job("k1")).IsConcurrent));
        await _t.At(60);
        Assert.Equal(2000, Total(await _t.Job("k1")));
        await _t.At(61);
        await _t.Run(new CancelJob("k1"));
        await _t.At(61);
        Assert.Equal("0 0 0 0 0 0 0 2000", await _t.Counts("k1"));
        await _t.At(600);
        Assert.Equal("0 0 0 0 0 0 0 2000", await _t.Counts("k1"));
    }

    [Fact]
    public async Task A_changed_rate_counts_from_the_next_window()
    {
        await _t.Group("g", 2500);
        await _t.Create("k1", GroupArn("g"));
        await _t.At(30);
        await _t.Run(new UpdateJob("k1") { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 100 } });
        await _t.At(60);
        Assert.Equal(1100, Total(await _t.Job("k1")));
        await _t.At(899);
        Assert.Equal((2400L, true), (Total(await _t.Job("k1")), (await _t.Job("k1")).IsConcurrent));
        await _t.At(900);
        Assert.Equal((2500L, false), (Total(await _t.Job("k1")), (await _t.Job("k1")).IsConcurrent));
    }

    [Fact]
    public async Task Time_that_passes_in_one_leap_gives_the_same_executions_as_time_in_steps()
    {
        await _t.Group("g", 2500);
        await _t.Create("k1", GroupArn("g"));
        await _t.At(100_000);
        var queuedAt = (await _t.Executions("k1")).CountBy(e => (e.JobExecutionSummary.QueuedAt - T0).TotalSeconds).ToDictionary();
        Assert.Equal(new Dictionary<double, int> { [0] = 1000, [60] = 1000, [120] = 500 }, queuedAt);
    }

    [Fact]
    public async Task A_rollout_that_crashes_every_few_slices_neither_skips_nor_doubles()
    {
        var store = new HookedStore();
        using var t = new TestEngine(new() { Limits = LimitsProfile.None, SliceSize = 7 }, store: store);
        await t.Group("g", 500);
        var (commits, crashes) = (0, 0);
        store.OnCommit = changes =>
        {
            if (changes.Executions.Count > 0 && ++commits % 4 == 0)
            {
                crashes++;
                throw new StoreFailedException("crash");
            }
        };
        await t.Create("k1", GroupArn("g"));
        do
        {
            t.Restart();
            try
            {
                await t.At(0);
            }
            catch (JobsException)
            {
                // Crashed again; the next start goes on.
            }
        }
        while (store.Load().Progress.Single().Rollout is not null);
        t.Restart();
        Assert.Equal("500 0 0 0 0 0 0 0", await t.Counts("k1"));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => Member("g", i)), (await t.Executions("k1")).Select(e => e.ThingName));
        Assert.InRange(crashes, 15, 100);
    }

    [Fact]
    public async Task A_rate_that_has_grown_does_not_shrink_when_executions_are_deleted()
    {
        await _t.Group("g", 200);
        await _t.Create("e", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = Exponential(10, 2, 100, succeeded: 10) });
        await _t.At(0);
        for (var i = 0; i < 10; i++)
        {
            await _t.Report("e", Member("g", i), JobExecutionStatus.SUCCEEDED);
        }
        await _t.At(60);
        Assert.Equal(30, Total(await _t.Job("e")));
        for (var i = 0; i < 10; i++)
        {
            await _t.Run(new DeleteJobExecution("e", Member("g", i)));
        }
        await _t.At(120);
        Assert.Equal(40, Total(await _t.Job("e")));
    }

    [Fact]
    public async Task Five_hundred_jobs_are_rolled_out_at_a_time()
    {
        await _t.Group("g", 2);
        for (var i = 0; i < 500; i++)
        {
            await _t.Create($"j{i}", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        }
        await Refused(_t.Create("one-more", GroupArn("g")), JobsError.LimitExceeded);
        await _t.At(60);
        await _t.Create("one-more", GroupArn("g"));
    }

    private static long Total(JobDetail job) => job.JobProcessDetails.NumberOfQueuedThings + job.JobProcessDetails.NumberOfSucceededThings;

    private static JobExecutionsRolloutConfig Exponential(int baseRate, decimal factor, int maximum, int? notified = null, int? succeeded = null) => new()
    {
        MaximumPerMinute = maximum,
        ExponentialRate = new()
        {
            BaseRatePerMinute = baseRate,
            IncrementFactor = factor,
            RateIncreaseCriteria = new() { NumberOfNotifiedThings = notified, NumberOfSucceededThings = succeeded },
        },
    };
}
