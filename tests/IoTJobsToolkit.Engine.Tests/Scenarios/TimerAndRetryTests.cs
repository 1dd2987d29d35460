using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 6 and 7: timers and further attempts.</summary>
public class TimerAndRetryTests : IDisposable
{
    private readonly TestEngine _t;

    public TimerAndRetryTests()
        : this(isCut: false)
    {
    }

    protected TimerAndRetryTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    public static TheoryData<string, int, int> Criteria => new() { { "each", 1, 2 }, { "all", 2, 0 } };

    [Theory]
    [MemberData(nameof(Criteria))]
    public async Task Failures_and_timeouts_are_retried_as_often_as_allowed(string kind, int first, int second)
    {
        await CreateR1(kind == "all" ? [(RetryableFailureType.ALL, first)] : [(RetryableFailureType.FAILED, first), (RetryableFailureType.TIMED_OUT, second)]);
        await _t.At(60);
        await _t.StartNext("sensorA");
        await _t.At(600);
        await _t.Report("r1", "sensorA", FAILED);
        var second2 = await _t.Execution("r1", "sensorA");
        Assert.Equal((2L, QUEUED, 1L, T0.AddSeconds(600)), (second2.ExecutionNumber, second2.Status, second2.VersionNumber, second2.QueuedAt));

        await _t.At(660);
        await _t.StartNext("sensorA");
        await _t.At(1859.999);
        Assert.Equal((IN_PROGRESS, 0L), ((await _t.Execution("r1", "sensorA")).Status, (await _t.Execution("r1", "sensorA")).ApproximateSecondsBeforeTimedOut));
        _t.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, (await _t.Execution("r1", "sensorA")).ExecutionNumber);
        var timedOut = await _t.Execution("r1", "sensorA", 2);
        Assert.Equal((TIMED_OUT, 3L, T0.AddSeconds(1860)), (timedOut.Status, timedOut.VersionNumber, timedOut.LastUpdatedAt));

        await _t.At(1900);
        await _t.StartNext("sensorA");
        await _t.At(2000);
        await _t.Report("r1", "sensorA", FAILED);
        Assert.Equal("0 0 0 2 1 0 0 0", await _t.Counts("r1"));
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("r1")).Status);
        Assert.Equal(
            [(1L, FAILED, 0), (2L, TIMED_OUT, 1), (3L, FAILED, 2)],
            (await _t.Executions("r1")).Select(e => (e.ExecutionNumber, e.Status, e.JobExecutionSummary.RetryAttempt)));
    }

    [Fact]
    public async Task A_timeout_found_after_a_long_pause_happened_when_it_was_due()
    {
        await CreateR1([(RetryableFailureType.ALL, 1)]);
        await _t.At(60);
        await _t.StartNext("sensorA");
        _t.Restart();
        await _t.At(1_000_000);
        Assert.Equal(T0.AddSeconds(1260), (await _t.Execution("r1", "sensorA", 1)).LastUpdatedAt);
        Assert.Equal(T0.AddSeconds(1260), (await _t.Execution("r1", "sensorA", 2)).QueuedAt);
    }

    [Fact]
    public async Task A_rejection_is_not_retried()
    {
        await CreateR1([(RetryableFailureType.ALL, 2)]);
        await _t.Report("r1", "sensorA", REJECTED);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("r1")).Status);
    }

    [Fact]
    public async Task Retries_can_be_taken_back_but_not_raised()
    {
        await CreateR1([(RetryableFailureType.ALL, 2)]);
        await Refused(_t.Run(new UpdateJob("r1") { JobExecutionsRetryConfig = Retry([(RetryableFailureType.FAILED, 2)]) }), JobsError.InvalidRequest);
        await _t.Run(new UpdateJob("r1") { JobExecutionsRetryConfig = Retry([(RetryableFailureType.FAILED, 0), (RetryableFailureType.TIMED_OUT, 0)]) });
        await _t.Report("r1", "sensorA", FAILED);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("r1")).Status);
    }

    [Theory]
    [InlineData("ALL 2, FAILED 1")]
    [InlineData("FAILED 6, TIMED_OUT 5")]
    [InlineData("FAILED 1, FAILED 2")]
    [InlineData("FAILED 11")]
    public async Task Retries_beyond_the_rules_are_refused(string criteria)
    {
        await _t.Things("sensorA");
        var list = criteria.Split(", ").Select(text => text.Split(' ')).Select(parts => (Enum.Parse<RetryableFailureType>(parts[0]), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)));
        await Refused(_t.Create("r1", "sensorA", job => job with { JobExecutionsRetryConfig = Retry([.. list]) }), JobsError.InvalidRequest);
    }

    [Fact]
    public async Task Step_timers_follow_the_worked_case()
    {
        await _t.Things("lamp");
        await _t.Create("s1", "lamp", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 20 } });
        await At1200(0);
        await _t.StartNext("lamp");
        Assert.Equal((2L, 1200L), await VersionAndSeconds());
        await At1200(30);
        Assert.Equal((2L, 1170L), await VersionAndSeconds());
        foreach (var (at, step, version, seconds) in new (int, long?, long, long)[]
            { (300, 7, 3, 420), (360, null, 4, 360), (600, 5, 5, 300), (780, 9, 6, 420), (840, -1, 7, 360) })
        {
            await At1200(at);
            await _t.Report("s1", "lamp", IN_PROGRESS, u => u with { StepTimeoutInMinutes = step });
            Assert.Equal((version, seconds), await VersionAndSeconds());
        }
        _t.Clock.Advance(TimeSpan.FromSeconds(360));
        var refusal = await Refused(_t.Report("s1", "lamp", SUCCEEDED), JobsError.InvalidStateTransition);
        Assert.Equal((TIMED_OUT, 8L), (refusal.ExecutionState!.Status, refusal.ExecutionState.VersionNumber));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(10081)]
    public async Task A_step_timeout_out_of_range_is_refused(long minutes)
    {
        await _t.Things("lamp");
        await _t.Create("s1", "lamp");
        await Refused(_t.Report("s1", "lamp", IN_PROGRESS, u => u with { StepTimeoutInMinutes = minutes }), JobsError.InvalidRequest);
        Assert.Equal(1, (await _t.Execution("s1", "lamp")).VersionNumber);
    }

    [Fact]
    public async Task A_changed_timeout_counts_for_executions_that_start_later()
    {
        await _t.Things("lamp", "door");
        await _t.Run(new CreateJob("s1", [ThingArn("lamp"), ThingArn("door")]) { Document = "{}", TimeoutConfig = new() { InProgressTimeoutInMinutes = 20 } });
        await _t.StartNext("lamp");
        await _t.At(60);
        await _t.Run(new UpdateJob("s1") { TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });
        await _t.At(120);
        await _t.StartNext("door");
        await _t.At(420);
        Assert.Equal((TIMED_OUT, IN_PROGRESS), ((await _t.Execution("s1", "door")).Status, (await _t.Execution("s1", "lamp")).Status));
        await _t.At(1200);
        Assert.Equal(TIMED_OUT, (await _t.Execution("s1", "lamp")).Status);
    }

    private Task At1200(int seconds) => _t.At(7200 + seconds);

    private async Task<(long, long)> VersionAndSeconds()
    {
        var execution = await _t.Execution("s1", "lamp");
        return (execution.VersionNumber, execution.ApproximateSecondsBeforeTimedOut!.Value);
    }

    private async Task CreateR1((RetryableFailureType, int)[] criteria)
    {
        await _t.Things("sensorA");
        await _t.Create("r1", "sensorA", job => job with
        {
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 20 },
            JobExecutionsRetryConfig = Retry(criteria),
        });
    }

    private static JobExecutionsRetryConfig Retry((RetryableFailureType Type, int Count)[] criteria) => new()
    {
        CriteriaList = [.. criteria.Select(c => new RetryCriteria { FailureType = c.Type, NumberOfRetries = c.Count })],
    };
}
