using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 12: start and end of a job; times are 2026-12-01 UTC.</summary>
public class ScheduleTests : IDisposable
{
    private readonly TestEngine _t;

    public ScheduleTests()
        : this(isCut: false)
    {
    }

    protected ScheduleTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Theory]
    [InlineData("2026-12-01T10:29", null, null)]
    [InlineData("2026-12-01T10:30", null, JobStatus.SCHEDULED)]
    [InlineData("2027-12-01T10:00", null, JobStatus.SCHEDULED)]
    [InlineData("2027-12-01T10:01", null, null)]
    [InlineData(null, "2026-12-01T10:30", JobStatus.IN_PROGRESS)]
    [InlineData(null, "2026-12-01T10:29", null)]
    [InlineData("2026-12-01T11:00", "2026-12-01T11:29", null)]
    [InlineData("2026-12-01T11:00", "2026-12-01T11:30", JobStatus.SCHEDULED)]
    [InlineData(null, "2028-12-01T10:00", JobStatus.IN_PROGRESS)]
    [InlineData(null, "2028-12-01T10:01", null)]
    [InlineData("2026-12-01T12:00+01:00", null, JobStatus.SCHEDULED)]
    public async Task A_schedule_is_taken_or_refused(string? start, string? end, JobStatus? status)
    {
        await _t.Things("a");
        var config = new SchedulingConfig { StartTime = start, EndTime = end };
        var create = _t.Create("j", "a", job => job with { SchedulingConfig = config });
        if (status is null)
        {
            var refusal = await Refused(create, JobsError.InvalidRequest);
            Assert.Contains("schedulingConfig.", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(end ?? start!, refusal.Message, StringComparison.Ordinal);
            return;
        }
        await create;
        var created = await _t.Job("j");
        Assert.Equal(status, created.Status);
        Assert.Equal(config, created.SchedulingConfig);
        Assert.Null(created.ScheduledJobRollouts);
    }

    [Fact]
    public async Task A_start_time_with_an_offset_counts_in_UTC()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T12:00+01:00" } });
        await _t.At(3599.999);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(3600);
        Assert.Equal((JobStatus.IN_PROGRESS, T0.AddHours(1)), ((await _t.Job("j")).Status, (await _t.Job("j")).LastUpdatedAt));
        Assert.Equal(T0.AddHours(1), (await _t.Execution("j", "a")).QueuedAt);
    }

    [Fact]
    public async Task Windows_are_for_continuous_jobs_and_an_end_behavior_needs_an_end()
    {
        await _t.Things("a");
        var windows = new SchedulingConfig { MaintenanceWindows = [new() { StartTime = "cron(0 10 * * ? *)", DurationInMinutes = 10 }] };
        await Refused(_t.Create("j", "a", job => job with { SchedulingConfig = windows }), JobsError.InvalidRequest);
        await Refused(
            _t.Create("j", "a", job => job with { SchedulingConfig = new() { EndBehavior = JobEndBehavior.CANCEL } }), JobsError.InvalidRequest);
        foreach (var (minutes, isGood) in new[] { (1430, true), (1431, false), (0, false) })
        {
            var create = _t.Create($"j{minutes}", "a", job => job with
            {
                TargetSelection = TargetSelection.CONTINUOUS,
                SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 10 * * ? *)", DurationInMinutes = minutes }] },
            });
            if (isGood)
            {
                await create;
            }
            else
            {
                await Refused(create, JobsError.InvalidRequest);
            }
        }
    }

    [Fact]
    public async Task The_members_of_a_snapshot_are_those_of_its_start()
    {
        await _t.Things("x", "y");
        await _t.Run(new CreateThingGroup("g"));
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "x" });
        await _t.Create("j", GroupArn("g"), job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T10:30" } });
        await _t.At(600);
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "y" });
        await _t.At(1800);
        Assert.Equal(["x", "y"], (await _t.Executions("j")).Select(e => e.ThingName));
    }

    [Fact]
    public async Task A_group_deleted_before_the_start_has_no_members_though_clearing_it_takes_a_while()
    {
        _t.Restart(new() { SliceSize = 1 });
        await _t.Group("g", 5);
        await _t.Create("j", GroupArn("g"), job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T10:30" } });
        await _t.At(1799);
        await _t.Run(new DeleteThingGroup("g"));
        await _t.At(1800);
        Assert.Empty(await _t.Executions("j"));
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
    }

    [Theory]
    [InlineData(JobEndBehavior.STOP_ROLLOUT, TargetSelection.SNAPSHOT, JobStatus.IN_PROGRESS, "IN_PROGRESS v2", "QUEUED v1")]
    [InlineData(JobEndBehavior.CANCEL, TargetSelection.SNAPSHOT, JobStatus.IN_PROGRESS, "IN_PROGRESS v2", "CANCELED v2")]
    [InlineData(JobEndBehavior.FORCE_CANCEL, TargetSelection.SNAPSHOT, JobStatus.COMPLETED, "CANCELED v3", "CANCELED v2")]
    [InlineData(JobEndBehavior.STOP_ROLLOUT, TargetSelection.CONTINUOUS, JobStatus.IN_PROGRESS, "IN_PROGRESS v2", "QUEUED v1")]
    [InlineData(JobEndBehavior.CANCEL, TargetSelection.CONTINUOUS, JobStatus.IN_PROGRESS, "IN_PROGRESS v2", "CANCELED v2")]
    [InlineData(JobEndBehavior.FORCE_CANCEL, TargetSelection.CONTINUOUS, JobStatus.COMPLETED, "CANCELED v3", "CANCELED v2")]
    public async Task The_end_does_what_the_end_behavior_says(
        JobEndBehavior behavior, TargetSelection selection, JobStatus atEnd, string x, string y)
    {
        await EndingJob(behavior, selection);
        await _t.At(3599.999);
        Assert.Equal("1 1 1 0 0 0 0 0", await _t.Counts("j"));
        Assert.True((await _t.Job("j")).IsConcurrent);

        await _t.At(3600);
        var job = await _t.Job("j");
        Assert.Equal((atEnd, false), (job.Status, job.IsConcurrent));
        Assert.Equal(x, await Line("x"));
        Assert.Equal(y, await Line("y"));
        Assert.Equal(atEnd == JobStatus.COMPLETED ? T0.AddHours(1) : null, job.CompletedAt);
        Assert.Equal(behavior == JobEndBehavior.FORCE_CANCEL ? true : null, (await _t.Execution("j", "x")).ForceCanceled);

        await _t.At(3900);
        if (behavior != JobEndBehavior.FORCE_CANCEL)
        {
            await _t.Report("j", "x", JobExecutionStatus.FAILED); // No retry after the end (C-17).
        }
        if (behavior == JobEndBehavior.STOP_ROLLOUT)
        {
            Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
            await _t.Report("j", "y", JobExecutionStatus.SUCCEEDED);
        }
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
        Assert.Null((await _t.Job("j")).ForceCanceled);
        await _t.At(7200);
        await Refused(_t.Execution("j", "z"), JobsError.ResourceNotFound);
        Assert.Equal(3, (await _t.Executions("j")).Count);
    }

    [Fact]
    public async Task Nobody_joins_after_the_end()
    {
        await _t.Things("a", "b");
        await _t.Run(new CreateThingGroup("g"));
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "a" });
        await _t.Create("j", GroupArn("g"), job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { EndTime = "2026-12-01T11:00" },
        });
        await _t.At(3600);
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "b" });
        Assert.Single(await _t.Executions("j"));
        await Refused(_t.Run(new AssociateTargetsWithJob("j", [ThingArn("b")])), JobsError.InvalidRequest);
        await _t.Report("j", "a", JobExecutionStatus.SUCCEEDED);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
    }

    [Fact]
    public async Task Between_windows_an_ended_job_shows_IN_PROGRESS_and_its_windows_still_hide_what_is_queued()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new()
            {
                EndTime = "2026-12-01T12:00",
                MaintenanceWindows = [new() { StartTime = "cron(0 10 * * ? *)", DurationInMinutes = 60 }],
            },
        });
        await _t.At(3600);
        Assert.Equal(JobStatus.SCHEDULED, (await _t.Job("j")).Status);
        await _t.At(7200);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status); // OPEN-41
        Assert.Null(await _t.StartNext("a"));
        await Refused(_t.Report("j", "a", JobExecutionStatus.SUCCEEDED), JobsError.InvalidStateTransition);
        await _t.At(24 * 3600);
        Assert.NotNull(await _t.StartNext("a"));
        await _t.Report("j", "a", JobExecutionStatus.SUCCEEDED);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
    }

    /// <summary>
    /// w SUCCEEDED, x IN_PROGRESS, y QUEUED, z not rolled out yet; it starts at 10:30 and ends at 11:00. At one execution a minute 30 things come before
    /// z; the others' executions are deleted.
    /// </summary>
    private async Task EndingJob(JobEndBehavior behavior, TargetSelection selection)
    {
        string[] others = [.. Enumerable.Range(0, 27).Select(i => $"f{i:D2}")];
        string[] things = [.. others, "w", "x", "y", "z"];
        await _t.Things(things);
        await _t.Run(new CreateThingGroup("g"));
        foreach (var thing in things)
        {
            await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = thing });
        }
        await _t.Create("j", GroupArn("g"), job => job with
        {
            TargetSelection = selection,
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 3 }] },
            SchedulingConfig = new() { StartTime = "2026-12-01T10:30", EndTime = "2026-12-01T11:00", EndBehavior = behavior },
        });
        await _t.At(3590);
        foreach (var thing in others)
        {
            await _t.Run(new DeleteJobExecution("j", thing));
        }
        await _t.Report("j", "w", JobExecutionStatus.SUCCEEDED);
        await _t.StartNext("x");
    }

    private async Task<string> Line(string thing)
    {
        var execution = await _t.Execution("j", thing);
        return $"{execution.Status} v{execution.VersionNumber}";
    }
}
