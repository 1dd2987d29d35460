using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Why executions failed: counted as they do, and listed.</summary>
public class FailureTests : IDisposable
{
    private readonly InMemoryJobsStore _store = new();
    private readonly TestEngine _t;

    public FailureTests()
        : this(isCut: false)
    {
    }

    protected FailureTests(bool isCut) => _t = new(store: _store) { IsCut = isCut };

    public void Dispose()
    {
        _t.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Failures_are_counted_by_reason_the_most_frequent_first()
    {
        await Story();

        var reasons = await _t.Run(new ListJobFailureReasons("j"));
        Assert.Equal([new("j", "disk full", 2), new("j", "Timed out", 1), new("j", "wrong model", 1)], reasons.Reasons);
        Assert.Equal(0, reasons.NumberOfOthers);
    }

    [Fact]
    public async Task Failures_are_listed_with_reason_and_details_all_or_those_asked_for()
    {
        await Story();

        var failures = (await _t.Run(new ListJobFailures("j"))).Failures;
        Assert.Equal(
            ["j-0000 FAILED disk full", "j-0001 FAILED disk full", "j-0002 REJECTED wrong model", "j-0003 TIMED_OUT Timed out"],
            failures.Select(failure => $"{failure.ThingName} {failure.Status} {failure.Reason}"));
        Assert.Equal("disk full", failures[0].StatusDetails!["reason"]);
        Assert.Null(failures[3].StatusDetails);
        Assert.Equal(["j-0000", "j-0001"], (await _t.Run(new ListJobFailures("j") { Reason = "disk full" })).Failures.Select(failure => failure.ThingName));
        Assert.Equal(["j-0003"], (await _t.Run(new ListJobFailures("j") { Status = TIMED_OUT })).Failures.Select(failure => failure.ThingName));
        Assert.Empty((await _t.Run(new ListJobFailures("j") { Status = TIMED_OUT, Reason = "disk full" })).Failures);
    }

    [Fact]
    public async Task Pages_of_failures_hold_each_once()
    {
        await Story();
        var first = await _t.Run(new ListJobFailures("j") { MaxResults = 3 });
        var second = await _t.Run(new ListJobFailures("j") { MaxResults = 3, NextToken = first.NextToken });

        Assert.Equal((3, 1, null), (first.Failures.Count, second.Failures.Count, second.NextToken));
        Assert.Equal(4, first.Failures.Concat(second.Failures).Select(failure => failure.ThingName).Distinct().Count());
    }

    [Fact]
    public async Task The_latest_failures_leave_out_what_a_later_attempt_followed()
    {
        await Story();
        await _t.Run(new RestartJobExecution("j", "j-0000"));

        Assert.Equal(
            ["j-0001", "j-0002", "j-0003"], (await _t.Run(new ListJobFailures("j") { IsLatest = true })).Failures.Select(failure => failure.ThingName));
        Assert.Equal(2, (await _t.Run(new ListJobFailureReasons("j"))).Reasons[0].Count); // It did fail.
    }

    [Fact]
    public async Task A_failure_that_is_deleted_is_no_longer_counted()
    {
        await Story();
        await _t.Run(new DeleteJobExecution("j", "j-0000"));
        await _t.Run(new DeleteJobExecution("j", "j-0002"));

        Assert.Equal([new("j", "Timed out", 1), new("j", "disk full", 1)], (await _t.Run(new ListJobFailureReasons("j"))).Reasons);
    }

    [Fact]
    public async Task A_job_from_before_failures_were_counted_has_them_counted_when_somebody_asks()
    {
        await Story();
        var progress = _store.Load().Progress.Single();
        _t.Engine.Dispose();
        _store.Commit(new() { Progress = { [progress.JobSequence] = new(progress, progress with { Failures = null }) } });
        _t.Restart();

        var reasons = (await _t.Run(new ListJobFailureReasons("j"))).Reasons;
        Assert.Equal([new("j", "disk full", 2), new("j", "Timed out", 1), new("j", "wrong model", 1)], reasons);
        await _t.Report("j", "j-0004", FAILED);
        Assert.Contains(new("j", "Failed", 1), (await _t.Run(new ListJobFailureReasons("j"))).Reasons);
    }

    [Fact]
    public async Task A_job_from_before_with_more_executions_than_one_turn_reads_is_counted_whole()
    {
        await _t.Group("j", 4_100);
        await _t.Create("j", GroupArn("j"), job => job with { JobExecutionsRolloutConfig = null });
        await _t.At(600);
        foreach (var index in (int[])[0, 2_050, 4_099])
        {
            await _t.Report("j", Member("j", index), FAILED);
        }
        var progress = _store.Load().Progress.Single();
        _t.Engine.Dispose();
        _store.Commit(new() { Progress = { [progress.JobSequence] = new(progress, progress with { Failures = null }) } });
        _t.Restart();

        Assert.Equal([new("j", "Failed", 3)], (await _t.Run(new ListJobFailureReasons("j"))).Reasons);
        Assert.Equal(3, (await _t.Run(new ListJobFailures("j"))).Failures.Count);
    }

    [Fact]
    public async Task What_is_no_failure_or_no_job_is_refused()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await Refused(_t.Run(new ListJobFailures("j") { Status = SUCCEEDED }), JobsError.InvalidRequest);
        await Refused(_t.Run(new ListJobFailures("j") { Reason = "" }), JobsError.InvalidRequest);
        await Refused(_t.Run(new ListJobFailures("k")), JobsError.ResourceNotFound);
        await Refused(_t.Run(new ListJobFailureReasons("k")), JobsError.ResourceNotFound);
    }

    /// <summary>Two with one reason, one rejected with another, one without any, one that has not begun and one that did well.</summary>
    private async Task Story()
    {
        await _t.Group("j", 6);
        await _t.Create("j", GroupArn("j"), job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } });
        await _t.At(1);
        await Report(0, FAILED, "disk full");
        await Report(1, FAILED, "disk full");
        await Report(2, REJECTED, "wrong model");
        await Report(5, SUCCEEDED, "disk full");
        await _t.StartNext(Member("j", 3));
        await _t.At(120);
    }

    private Task<UpdateJobExecutionResponse> Report(int thing, JobExecutionStatus status, string reason) =>
        _t.Report("j", Member("j", thing), status, update => update with { StatusDetails = new Dictionary<string, string> { ["reason"] = reason } });
}
