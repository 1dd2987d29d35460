using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 11: a job which runs in maintenance windows, Monday to Friday at 10:00 for three minutes.</summary>
public class MaintenanceWindowTests : IDisposable
{
    private static readonly DateTimeOffset Friday = new(2026, 12, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Monday = new(2026, 12, 7, 10, 0, 0, TimeSpan.Zero);

    private readonly TestEngine _t;

    public MaintenanceWindowTests()
        : this(isCut: false)
    {
    }

    protected MaintenanceWindowTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_job_with_windows_runs_while_one_is_open()
    {
        await _t.Group("g", 2500);
        await At(Friday);
        await _t.Create("m1", GroupArn("g"), Windowed);
        var job = await _t.Job("m1");
        Assert.Equal(JobStatus.SCHEDULED, job.Status);
        Assert.False(job.IsConcurrent);
        Assert.Empty(await _t.Executions("m1"));
        Assert.Equal(
            ["2026-12-07", "2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11", "2026-12-14", "2026-12-15"],
            job.ScheduledJobRollouts!.Select(rollout => rollout.StartTime.Replace("T10:00:00Z", "", StringComparison.Ordinal)));

        await At(Monday);
        Assert.Equal((JobStatus.IN_PROGRESS, true), ((await _t.Job("m1")).Status, (await _t.Job("m1")).IsConcurrent));
        Assert.Equal("500 0 0 0 0 0 0 0", await _t.Counts("m1"));
        await At(Monday.AddMinutes(1));
        Assert.Equal("1000 0 0 0 0 0 0 0", await _t.Counts("m1"));
        await At(Monday.AddMinutes(2));
        Assert.Equal("1500 0 0 0 0 0 0 0", await _t.Counts("m1"));
        var (d1, d2, d3) = (Member("g", 0), Member("g", 1), Member("g", 2));
        await _t.StartNext(d1);
        await _t.StartNext(d2);

        await At(Monday.AddMinutes(3));
        job = await _t.Job("m1");
        Assert.Equal((JobStatus.SCHEDULED, false), (job.Status, job.IsConcurrent));
        Assert.Equal("1498 2 0 0 0 0 0 0", await _t.Counts("m1"));
        Assert.Equal("2026-12-08T10:00:00Z", job.ScheduledJobRollouts![0].StartTime);
        Assert.Single((await Pending(d1)).InProgressJobs);

        await At(Monday.AddMinutes(5));
        var pending = await Pending(d3);
        Assert.Empty(pending.QueuedJobs);
        Assert.Empty(pending.InProgressJobs);
        Assert.Null(await _t.StartNext(d3));
        Assert.Null((await _t.Run(new Operations.Device.DescribeJobExecution("$next", d3))).Execution);
        var refusal = await Refused(_t.Report("m1", d3, JobExecutionStatus.IN_PROGRESS), JobsError.InvalidStateTransition);
        Assert.Equal((JobExecutionStatus.QUEUED, 1), (refusal.ExecutionState!.Status, refusal.ExecutionState.VersionNumber));
        Assert.Equal(JobExecutionStatus.QUEUED, (await _t.Execution("m1", d3)).Status);

        await At(Monday.AddMinutes(20));
        await _t.Report("m1", d1, JobExecutionStatus.SUCCEEDED);
        await At(Monday.AddMinutes(30));
        await _t.Report("m1", d2, JobExecutionStatus.FAILED);
        Assert.Equal("1498 0 1 1 0 0 0 0", await _t.Counts("m1"));
        await At(Monday.AddHours(5));
        await _t.Things("late");
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "late" });
        Assert.Equal("1498 0 1 1 0 0 0 0", await _t.Counts("m1"));

        var tuesday = Monday.AddDays(1);
        await At(tuesday);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("m1")).Status);
        Assert.Equal("2000 0 1 1 0 0 0 0", await _t.Counts("m1")); // 1498 + retry + join + 500
        var retry = await _t.Execution("m1", d2);
        Assert.Equal((2, JobExecutionStatus.QUEUED, tuesday), (retry.ExecutionNumber, retry.Status, retry.QueuedAt));
        Assert.Equal(tuesday, (await _t.Execution("m1", "late")).QueuedAt);
        Assert.Single((await Pending(d3)).QueuedJobs);
        await At(tuesday.AddMinutes(1));
        Assert.Equal("2500 0 1 1 0 0 0 0", await _t.Counts("m1"));
        Assert.False((await _t.Job("m1")).IsConcurrent);
        await At(tuesday.AddMinutes(3));
        Assert.Equal(JobStatus.SCHEDULED, (await _t.Job("m1")).Status);
    }

    [Fact]
    public async Task A_job_canceled_between_its_windows_cancels_what_is_hidden()
    {
        await _t.Group("g", 2500);
        await At(Friday);
        await _t.Create("m1", GroupArn("g"), Windowed);
        await At(Monday);
        await At(Monday.AddMinutes(2));
        await _t.StartNext(Member("g", 0));
        await _t.StartNext(Member("g", 1));
        await At(Monday.AddMinutes(20));
        await _t.Report("m1", Member("g", 0), JobExecutionStatus.SUCCEEDED);
        await _t.Report("m1", Member("g", 1), JobExecutionStatus.FAILED);
        await At(Monday.AddHours(5));
        await _t.Run(new CancelJob("m1"));
        await At(Monday.AddDays(7));
        Assert.Equal(JobStatus.CANCELED, (await _t.Job("m1")).Status);
        Assert.Equal("0 0 1 1 0 0 0 1498", await _t.Counts("m1"));
    }

    [Fact]
    public async Task A_thing_which_leaves_between_windows_loses_its_planned_retry_and_its_join()
    {
        await _t.Group("g", 2);
        await At(Friday);
        await _t.Create("m1", GroupArn("g"), Windowed);
        await At(Monday);
        await _t.StartNext(Member("g", 0));
        await At(Monday.AddMinutes(10));
        await _t.Report("m1", Member("g", 0), JobExecutionStatus.FAILED);
        await _t.Things("late");
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "late" });
        await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = "late" });
        await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = Member("g", 0) });
        await _t.Run(new DeleteThing(Member("g", 1)));
        await At(Monday.AddDays(1));
        Assert.Equal("0 0 0 1 0 0 1 0", await _t.Counts("m1"));
    }

    [Fact]
    public async Task A_job_created_inside_a_window_starts_at_once_unless_it_has_a_start_time()
    {
        await _t.Things("a");
        await _t.Run(new CreateThingGroup("g"));
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "a" });
        await At(Monday.AddMinutes(1));
        await _t.Create("now", GroupArn("g"), Windowed);
        await _t.Create("later", GroupArn("g"), job => Windowed(job) with
        {
            SchedulingConfig = new() { StartTime = "2026-12-07T20:00", MaintenanceWindows = Windowed(job).SchedulingConfig!.MaintenanceWindows },
        });
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("now"));
        Assert.Equal(JobStatus.SCHEDULED, (await _t.Job("later")).Status);
        await At(Monday.AddDays(1));
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("later"));
    }

    private static CreateJob Windowed(CreateJob job) => job with
    {
        TargetSelection = TargetSelection.CONTINUOUS,
        JobExecutionsRolloutConfig = new() { MaximumPerMinute = 500 },
        JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
        SchedulingConfig = new()
        {
            MaintenanceWindows = [new() { StartTime = "cron(0 10 ? * MON-FRI *)", DurationInMinutes = 3 }],
        },
    };

    private Task At(DateTimeOffset time) => _t.At((time - T0).TotalSeconds);

    private Task<GetPendingJobExecutionsResponse> Pending(string thing) => _t.Run(new GetPendingJobExecutions(thing));
}
