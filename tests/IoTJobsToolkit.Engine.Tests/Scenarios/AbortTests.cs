using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 5: a job which cancels itself.</summary>
public class AbortTests : IDisposable
{
    private static readonly AbortCriteria[] Seed =
    [
        Criterion(JobExecutionFailureType.FAILED, 20, 100),
        Criterion(JobExecutionFailureType.TIMED_OUT, 50, 200),
    ];

    private readonly TestEngine _t;

    public AbortTests()
        : this(isCut: false)
    {
    }

    protected AbortTests(bool isCut) => _t = new() { IsCut = isCut };
    private int _next;

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task The_result_that_crosses_the_threshold_cancels_what_is_queued()
    {
        await Start(1000, Seed);
        await Answer(80, SUCCEEDED);
        await Answer(19, FAILED);
        await Answer(1, SUCCEEDED);
        await Answer(1, FAILED);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
        for (var i = 950; i < 1000; i++)
        {
            await _t.StartNext(Member("g", i));
        }
        await Answer(1, FAILED);
        await _t.At(0);

        var job = await _t.Job("j");
        Assert.Equal((JobStatus.CANCELED, false, "ABORT_CRITERIA_MET"), (job.Status, job.ForceCanceled!.Value, job.ReasonCode));
        Assert.Equal("Aborted automatically: FAILED 21 of 102 executions (20.59%), threshold 20%, minimum 100.", job.Comment);
        Assert.Equal("0 50 81 21 0 0 0 848", await _t.Counts("j"));
        Assert.Null(job.CompletedAt);

        for (var i = 950; i < 1000; i++)
        {
            await _t.Report("j", Member("g", i), i < 980 ? SUCCEEDED : FAILED);
        }
        Assert.Equal("0 0 111 41 0 0 0 848", await _t.Counts("j"));
        Assert.Equal((JobStatus.CANCELED, job.Comment), ((await _t.Job("j")).Status, (await _t.Job("j")).Comment));
    }

    [Fact]
    public async Task The_threshold_itself_is_enough()
    {
        await Start(200, Seed);
        await Answer(80, SUCCEEDED);
        await Answer(20, FAILED);
        Assert.Contains("(20%)", (await _t.Job("j")).Comment, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_criterion_counts_when_the_first_does_not()
    {
        var before = new ExecutionCounts { Succeeded = 61, TimedOut = 99, Failed = 39 };
        Assert.Null(AbortRule.Met(new() { CriteriaList = Seed }, before));
        Assert.Equal(
            "Aborted automatically: TIMED_OUT 100 of 200 executions (50%), threshold 50%, minimum 200.",
            AbortRule.Met(new() { CriteriaList = Seed }, before with { TimedOut = 100 }));
    }

    [Fact]
    public void The_first_criterion_in_the_list_gives_the_comment()
    {
        AbortCriteria[] both = [Criterion(JobExecutionFailureType.ALL, 10, 1), Criterion(JobExecutionFailureType.FAILED, 10, 1)];
        Assert.StartsWith("Aborted automatically: ALL", AbortRule.Met(new() { CriteriaList = both }, new() { Failed = 1 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("33.33", true)]
    [InlineData("33.34", false)]
    public void Thresholds_are_exact_decimals(string threshold, bool met) => Assert.Equal(
        met,
        AbortRule.Met(
            new() { CriteriaList = [Criterion(JobExecutionFailureType.FAILED, decimal.Parse(threshold, System.Globalization.CultureInfo.InvariantCulture), 3)] },
            new() { Failed = 1, Succeeded = 2 }) is not null);

    [Fact]
    public void All_means_every_kind_of_failure()
    {
        var counts = new ExecutionCounts { Succeeded = 60, Failed = 10, Rejected = 10, TimedOut = 20 };
        Assert.NotNull(AbortRule.Met(new() { CriteriaList = [Criterion(JobExecutionFailureType.ALL, 40, 100)] }, counts));
        Assert.Null(AbortRule.Met(new() { CriteriaList = [Criterion(JobExecutionFailureType.FAILED, 11, 100)] }, counts));
    }

    [Fact]
    public async Task Deleting_executions_can_reach_the_threshold()
    {
        await Start(200, Seed);
        await Answer(84, SUCCEEDED);
        await Answer(19, FAILED);
        await Answer(1, FAILED);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
            await _t.Run(new DeleteJobExecution("j", Member("g", i)));
        }
        Assert.Equal(JobStatus.CANCELED, (await _t.Job("j")).Status);
    }

    [Fact]
    public async Task Retries_are_attempts_and_an_aborted_job_makes_no_more()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with
        {
            AbortConfig = new() { CriteriaList = [Criterion(JobExecutionFailureType.FAILED, 50, 2)] },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 3 }] },
        });
        await _t.Report("j", "a", FAILED);
        Assert.Equal("1 0 0 1 0 0 0 0", await _t.Counts("j"));
        await _t.Report("j", "a", FAILED);
        Assert.Equal("0 0 0 2 0 0 0 0", await _t.Counts("j"));
        Assert.Equal(JobStatus.CANCELED, (await _t.Job("j")).Status);
    }

    private async Task Start(int things, AbortCriteria[] criteria)
    {
        await _t.Group("g", things);
        await _t.Create("j", GroupArn("g"), job => job with { AbortConfig = new() { CriteriaList = criteria } });
        await _t.At(0);
    }

    private async Task Answer(int things, JobExecutionStatus status)
    {
        for (var i = 0; i < things; i++)
        {
            await _t.Report("j", Member("g", _next++), status);
        }
    }

    private static AbortCriteria Criterion(JobExecutionFailureType type, decimal threshold, int minimum) => new()
    {
        Action = AbortAction.CANCEL,
        FailureType = type,
        ThresholdPercentage = threshold,
        MinNumberOfExecutedThings = minimum,
    };
}
