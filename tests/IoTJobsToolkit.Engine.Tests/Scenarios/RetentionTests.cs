using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 16.3: ended jobs go 90 days after their end, exactly, with all that belongs to them; t in seconds.</summary>
public sealed class RetentionTests : IDisposable
{
    private const double Day = 24 * 3600;

    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public RetentionTests() => _t = new(store: _store);

    public void Dispose() => _t.Dispose();

    /// <summary>Ways of looking at job j and thing a, each with what it finds: empty when there is nothing.</summary>
    private static readonly Dictionary<string, Func<TestEngine, Task<string>>> Views = new()
    {
        ["DescribeJob"] = t => OrGone(async () => (await t.Job("j")).JobId),
        ["GetJobDocument"] = t => OrGone(async () => (await t.Run(new GetJobDocument("j"))).Document ?? ""),
        ["ListJobs"] = async t => string.Join(' ', (await t.Run(new ListJobs())).Jobs.Select(job => job.JobId)),
        ["ListJobs by status"] = async t =>
            string.Join(' ', (await t.Run(new ListJobs { Status = JobStatus.CANCELED })).Jobs.Concat((await t.Run(new ListJobs { Status = JobStatus.COMPLETED })).Jobs).Select(job => job.JobId)),
        ["ListJobExecutionsForJob"] = t => OrGone(async () => string.Join(' ', (await t.Executions("j")).Select(e => e.ThingName))),
        ["ListJobExecutionsForThing"] = async t => string.Join(' ', (await t.Run(new ListJobExecutionsForThing("a"))).ExecutionSummaries.Select(e => e.JobId)),
        ["DescribeJobExecution"] = t => OrGone(async () => (await t.Execution("j", "a")).JobId),
        ["ListTagsForResource"] = t => OrGone(async () => (await t.Run(new ListTagsForResource("arn:aws:iot:us-east-1:123456789012:job/j"))).Tags[0].Key!),
    };

    public static TheoryData<string, bool> EndedViews => [.. Views.Keys.SelectMany(view => new[] { (view, true), (view, false) })];

    [Theory]
    [MemberData(nameof(EndedViews))]
    public async Task A_job_is_there_to_the_last_millisecond_and_then_gone_for_everyone(string view, bool isCompleted)
    {
        await Tagged();
        await _t.At(10.5);
        await (isCompleted ? _t.Report("j", "a", SUCCEEDED) : (Task)_t.Run(new CancelJob("j")));
        await _t.At(90 * Day + 10.499);
        Assert.NotEqual("", await Views[view](_t));
        _t.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("", await Views[view](_t));
    }

    [Theory]
    [InlineData("GetPendingJobExecutions")]
    [InlineData("StartNextPendingJobExecution")]
    [InlineData("DescribeJobExecution")]
    [InlineData("UpdateJobExecution")]
    public async Task A_device_which_still_works_for_a_canceled_job_loses_it_at_that_instant(string call)
    {
        await Tagged();
        await _t.StartNext("a");
        await _t.At(10.5);
        await _t.Run(new CancelJob("j"));
        await _t.At(90 * Day + 10.499);
        Assert.Equal("j", await Ask());
        _t.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("", await Ask());

        Task<string> Ask() => OrGone(async () => call switch
        {
            "GetPendingJobExecutions" => string.Join(' ', (await ByDevice(new GetPendingJobExecutions("a"))).InProgressJobs.Select(job => job.JobId)),
            "StartNextPendingJobExecution" => (await _t.StartNext("a"))?.JobId ?? "",
            "DescribeJobExecution" => (await ByDevice(new DeviceDescribe("j", "a"))).Execution?.JobId ?? "",
            _ => await _t.Report("j", "a", IN_PROGRESS) is not null ? "j" : "",
        });
    }

    [Fact]
    public async Task The_time_counts_from_the_cancel_not_from_what_devices_report_later()
    {
        await Tagged();
        await _t.StartNext("a");
        await _t.Run(new CancelJob("j"));
        await _t.At(89 * Day);
        await _t.Report("j", "a", SUCCEEDED);
        await _t.Run(new TagResource("arn:aws:iot:us-east-1:123456789012:job/j", [new() { Key = "late" }]));
        await _t.At(90 * Day);
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task The_id_is_free_at_once_and_the_new_job_begins_from_nothing()
    {
        await Tagged();
        await _t.Report("j", "a", FAILED);
        _t.Clock.Advance(TimeSpan.FromDays(90));
        await _t.Create("j", "a");
        await _t.At(91 * Day);
        Assert.Equal((1L, QUEUED), ((await _t.Execution("j", "a")).ExecutionNumber, (await _t.Execution("j", "a")).Status));
        Assert.Equal(("1 0 0 0 0 0 0 0", T0.AddDays(90)), (await _t.Counts("j"), (await _t.Job("j")).CreatedAt));
        Assert.Equal(["j"], (await _t.Run(new ListJobExecutionsForThing("a"))).ExecutionSummaries.Select(e => e.JobId));
        Assert.Equal("j", (await _t.StartNext("a"))?.JobId);
    }

    [Fact]
    public async Task Nothing_is_left_in_the_store()
    {
        await Tagged();
        await _t.StartNext("a");
        await _t.Report("j", "a", FAILED);
        var sequence = Assert.Single(_store.Load().Jobs).Sequence;
        await _t.At(90 * Day - 0.001);
        Assert.NotEmpty(_store.ReadHistory(sequence, 0, 100));
        Assert.NotEmpty(_store.ReadExecutions(sequence, null, 100));
        await _t.At(90 * Day);
        var contents = _store.Load();
        Assert.Empty(contents.Jobs);
        Assert.Empty(contents.Progress);
        Assert.Empty(_store.ReadHistory(sequence, 0, 100));
        Assert.Empty(_store.ReadExecutions(sequence, null, 100));
        Assert.Null(_store.FindDocument(sequence));
        Assert.Empty(_store.ReadGone(DateTimeOffset.MaxValue, 100));
    }

    [Fact]
    public async Task The_history_of_a_deleted_job_goes_ninety_days_after_the_job()
    {
        await Tagged();
        var sequence = Assert.Single(_store.Load().Jobs).Sequence;
        await _t.At(50);
        await _t.Report("j", "a", SUCCEEDED);
        await _t.At(100);
        await _t.Run(new DeleteJob("j"));
        await _t.At(90 * Day + 99.999);
        Assert.Equal("deleted", _store.ReadHistory(sequence, 0, 100)[^1].What);
        Assert.Equal(("j", T0.AddSeconds(100)), (_store.ReadGone(DateTimeOffset.MaxValue, 1)[0].JobId, _store.ReadGone(DateTimeOffset.MaxValue, 1)[0].At));
        await _t.At(90 * Day + 100);
        Assert.Empty(_store.ReadHistory(sequence, 0, 100));
        Assert.Empty(_store.ReadGone(DateTimeOffset.MaxValue, 1));
    }

    [Fact]
    public async Task Jobs_which_have_not_ended_are_kept_however_old()
    {
        await _t.Group("g", 1);
        await _t.Create("running", GroupArn("g"));
        await _t.Create("continuous", GroupArn("g"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.Create("scheduled", GroupArn("g"), job => job with { SchedulingConfig = new() { StartTime = "2027-11-30T10:00" } });
        await _t.Create("deleting", GroupArn("g"));
        await _t.Run(new CancelJob("deleting"));
        _t.Configure(new() { DeletionPaused = true });
        await _t.Run(new DeleteJob("deleting"));
        await _t.At(360 * Day);
        Assert.Equal(
            ["continuous", "deleting", "running", "scheduled"],
            (await _t.Run(new ListJobs())).Jobs.Select(job => job.JobId).Order(StringComparer.Ordinal));
        Assert.Equal(JobStatus.SCHEDULED, (await _t.Job("scheduled")).Status);
        await _t.At(1000 * Day);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("running"));
        await _t.Report("running", Member("g", 0), SUCCEEDED);
        await _t.At(1090 * Day - 0.001);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("running")).Status);
        await _t.At(1090 * Day);
        await Refused(_t.Job("running"), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_changed_setting_counts_at_once()
    {
        await Tagged();
        await _t.Report("j", "a", SUCCEEDED);
        await _t.At(2 * Day);
        _t.Configure(new() { RetentionDays = 3 });
        Assert.Equal("j", (await _t.Job("j")).JobId);
        _t.Configure(new() { RetentionDays = 2 });
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
        await _t.Create("j", "a");
    }

    [Fact]
    public async Task Who_opens_the_database_without_the_setting_keeps_what_another_meant_to_keep()
    {
        await Tagged();
        await _t.Report("j", "a", SUCCEEDED);
        _t.Restart(new() { RetentionDays = 365 });
        await _t.At(1);
        _t.Restart(new());
        Assert.Equal(365, _t.Engine.RetentionDays);
        await _t.At(364 * Day);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
        await _t.At(366 * Day);
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_longer_time_set_before_the_end_of_the_shorter_one_counts_too()
    {
        await Tagged();
        await _t.Report("j", "a", SUCCEEDED);
        await _t.At(89 * Day);
        _t.Configure(new() { RetentionDays = 36_500 });
        await _t.At(36_499 * Day);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
        await _t.At(36_500 * Day);
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
    }

    private static async Task<string> OrGone(Func<Task<string>> look)
    {
        try
        {
            return await look();
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.ResourceNotFound)
        {
            return "";
        }
    }

    private Task<TResponse> ByDevice<TResponse>(Operation<TResponse> operation) =>
        _t.Device("a").ExecuteAsync(operation, TestContext.Current.CancellationToken);

    private async Task Tagged()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with { Tags = [new() { Key = "k" }] });
    }
}
