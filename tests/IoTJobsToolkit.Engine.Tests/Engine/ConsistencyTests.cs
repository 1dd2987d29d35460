using System.Collections.Concurrent;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Engine;

/// <summary>What is seen belongs together, and what happened stays so: beside others, in one commit, behind a sweep.</summary>
public sealed class ConsistencyTests : IDisposable
{
    private static readonly JobsSettings NoLimits = new() { Limits = LimitsProfile.None };

    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public ConsistencyTests() => _t = new(store: _store);

    public void Dispose()
    {
        _store.OnCommit = null;
        _t.Dispose();
    }

    [Fact]
    public async Task A_group_deleted_before_a_job_is_not_in_it_also_while_its_members_are_being_cleared()
    {
        await _t.Run(new CreateThingGroup("root"));
        await _t.Run(new CreateThingGroup("c") { ParentGroupName = "root" });
        await _t.Run(new CreateThingGroup("d") { ParentGroupName = "root" });
        foreach (var (thing, group) in new[] { ("x", "c"), ("y", "c"), ("z", "d"), ("w", "d") })
        {
            await _t.Things(thing);
            await _t.Run(new AddThingToThingGroup { ThingGroupName = group, ThingName = thing });
        }
        await _t.Create("first", GroupArn("root"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.Run(new DeleteThingGroup("c"));
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "d", ThingName = "x" });
        await _t.Create("second", GroupArn("root"));
        Assert.Equal(["w", "x", "z"], (await _t.Executions("second")).Select(e => e.ThingName));
        await _t.At(600);
        Assert.Equal(["w", "x", "y", "z"], (await _t.Executions("first")).Select(e => e.ThingName));
    }

    [Fact]
    public async Task A_thing_deleted_and_made_again_in_one_commit_starts_without_history()
    {
        await _t.Things("a", "b");
        await _t.Run(new CreateJob("j", [ThingArn("a"), ThingArn("b")]) { Document = "{}" });
        await _t.Run(new GetPendingJobExecutions("a"));
        var gate = _store.HoldCommit();
        var block = _t.Run(new CreateThing("x"));
        gate.WaitUntilReached();
        var delete = _t.Run(new DeleteThing("a"));
        var create = _t.Run(new CreateThing("a"));
        gate.Open();
        await Task.WhenAll(block, delete, create);
        Assert.Null(await _t.StartNext("a"));
        Assert.Equal("1 0 0 0 0 0 1 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task Deleted_numbers_are_kept_when_an_execution_is_made_and_deleted_in_one_commit()
    {
        await _t.Things("a");
        await _t.Create("j", "a", Retrying);
        var gate = _store.HoldCommit();
        var block = _t.Run(new CreateThing("x"));
        gate.WaitUntilReached();
        var failed = _t.Report("j", "a", JobExecutionStatus.FAILED);
        var deleted = _t.Run(new DeleteJobExecution("j", "a") { ExecutionNumber = 2 });
        gate.Open();
        await Task.WhenAll(block, failed, deleted);
        Assert.Equal("0 0 0 1 0 0 0 0", await _t.Counts("j"));
        Assert.Equal(1, (await _t.Execution("j", "a")).ExecutionNumber);
    }

    [Fact]
    public async Task Processing_targets_are_those_still_to_come()
    {
        await _t.Things("a", "b", "c");
        await _t.Run(new CreateJob("j", [ThingArn("a"), ThingArn("b"), ThingArn("c")])
        {
            Document = "{}",
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
        });
        Assert.Equal([ThingArn("b"), ThingArn("c")], (await _t.Job("j")).JobProcessDetails.ProcessingTargets);
    }

    [Fact]
    public async Task A_job_completes_no_earlier_than_its_last_result()
    {
        await _t.Things("a", "b", "o1", "o2");
        foreach (var (job, things) in new[] { ("other", new[] { "o1", "o2" }), ("j", ["a", "b"]) })
        {
            await _t.Run(new CreateJob(job, [.. things.Select(ThingArn)]) { Document = "{}", JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        }
        await _t.Run(new DeleteThing("b"));
        var gate = _store.HoldCommit();
        _t.Clock.Advance(TimeSpan.FromSeconds(100));
        gate.WaitUntilReached();
        var report = _t.Report("j", "a", JobExecutionStatus.SUCCEEDED);
        gate.Open();
        await report;
        await _t.At(100);
        var last = (await _t.Executions("j")).Max(e => e.JobExecutionSummary.LastUpdatedAt);
        Assert.True((await _t.Job("j")).CompletedAt >= last);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_hides_no_execution()
    {
        await _t.Things("a");
        await _t.Create("j", "a", Retrying);
        _t.Clock.AdjustTime(T0.AddHours(-1));
        await _t.Report("j", "a", JobExecutionStatus.FAILED);
        await _t.Report("j", "a", JobExecutionStatus.SUCCEEDED);
        var latest = await _t.Execution("j", "a");
        Assert.Equal((2L, JobExecutionStatus.SUCCEEDED), (latest.ExecutionNumber, latest.Status));
    }

    [Fact]
    public async Task A_thing_deleted_behind_a_cancel_leaves_its_execution_canceled()
    {
        var again = await StartSweep(_ => Task.FromResult(_t.Run(new DeleteThing(Member("g", 99)))));
        await again;
        await _t.At(0);
        Assert.Equal("0 0 0 0 0 0 0 100", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_second_cancel_with_force_leaves_what_was_canceled_as_it_was_seen()
    {
        JobExecutionDetail? seen = null;
        var again = await StartSweep(async gate =>
        {
            seen = await _t.Execution("j", Member("g", 99));
            return _t.Run(new CancelJob("j") { Force = true });
        });
        await again;
        await _t.At(0);
        var later = await _t.Execution("j", Member("g", 99));
        Assert.Equal((JobExecutionStatus.CANCELED, false, seen!.LastUpdatedAt), (later.Status, later.ForceCanceled, later.LastUpdatedAt));
    }

    [Fact]
    public async Task What_the_caller_changes_later_does_not_change_what_is_stored()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        var details = new Dictionary<string, string> { ["k"] = "1" };
        await _t.Report("j", "a", JobExecutionStatus.IN_PROGRESS, u => u with { StatusDetails = details });
        details["k"] = "changed";
        Assert.Equal("1", (await _t.Execution("j", "a")).StatusDetails.DetailsMap!["k"]);
    }

    [Fact]
    public async Task A_list_that_is_walked_while_jobs_end_misses_none_that_stays()
    {
        _t.Restart(NoLimits);
        await _t.Things("a", "b");
        await _t.Create("stable", "b");
        for (var i = 0; i < 300; i++)
        {
            await _t.Create($"j{i}", "a");
        }
        await Beside(
            async () =>
            {
                for (var i = 0; i < 300; i++)
                {
                    await _t.Report($"j{i}", "a", JobExecutionStatus.SUCCEEDED);
                }
            },
            async () =>
            {
                var seen = false;
                string? token = null;
                do
                {
                    var page = await _t.Run(new ListJobs { MaxResults = 3, NextToken = token });
                    seen |= page.Jobs.Any(job => job.JobId == "stable");
                    token = page.NextToken;
                }
                while (token is not null && !seen);
                Assert.True(seen);
                Assert.All((await _t.Run(new ListJobs { Status = JobStatus.IN_PROGRESS })).Jobs, job => Assert.Equal(JobStatus.IN_PROGRESS, job.Status));
            });
    }

    [Fact]
    public async Task A_job_is_described_as_of_one_commit()
    {
        _t.Restart(NoLimits);
        await _t.Things("a");
        var torn = new ConcurrentDictionary<string, int>();
        for (var i = 0; i < 300; i++)
        {
            var id = $"j{i}";
            await _t.Create(id, "a");
            await Beside(() => _t.Report(id, "a", JobExecutionStatus.SUCCEEDED), async () =>
            {
                var job = await _t.Job(id);
                var state = $"{job.Status} q{job.JobProcessDetails.NumberOfQueuedThings} s{job.JobProcessDetails.NumberOfSucceededThings}";
                if (state is not ("IN_PROGRESS q1 s0" or "COMPLETED q0 s1"))
                {
                    torn.AddOrUpdate(state, 1, (_, count) => count + 1);
                }
            });
        }
        Assert.Empty(torn);
    }

    [Fact]
    public async Task A_retry_is_pending_when_the_failed_attempt_no_longer_is()
    {
        _t.Restart(NoLimits);
        await _t.Things("a");
        for (var i = 0; i < 30; i++)
        {
            var id = $"j{i}";
            await _t.Create(id, "a", Retrying);
            await Beside(
                async () =>
                {
                    for (var k = 0; k < 10; k++)
                    {
                        await _t.Report(id, "a", JobExecutionStatus.FAILED);
                    }
                },
                async () => Assert.Single((await _t.Run(new GetPendingJobExecutions("a"))).QueuedJobs));
            await _t.Run(new DeleteJob(id) { Force = true });
        }
    }

    [Fact]
    public async Task The_next_execution_can_be_asked_for_while_jobs_are_deleted()
    {
        _t.Restart(NoLimits);
        await _t.Things("a");
        await Beside(
            async () =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    await _t.Create($"j{i}", "a");
                    await _t.Run(new DeleteJob($"j{i}") { Force = true });
                }
            },
            () => _t.Run(new DeviceDescribe("$next", "a")));
    }

    /// <summary>Runs <paramref name="read"/> again and again on another thread until <paramref name="work"/> is done.</summary>
    private static async Task Beside(Func<Task> work, Func<Task> read)
    {
        var stop = false;
        var reader = Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                await read();
            }
        });
        await work();
        Volatile.Write(ref stop, true);
        await reader;
    }

    /// <summary>Cancels a job of 100 in slices of ten, and calls <paramref name="meanwhile"/> when the first slice is done and the next is held.</summary>
    private async Task<Task> StartSweep<T>(Func<Gate, Task<Task<T>>> meanwhile)
    {
        _t.Restart(new() { Limits = LimitsProfile.None, SliceSize = 10 });
        await _t.Group("g", 100);
        await _t.Create("j", GroupArn("g"));
        await _t.At(0);
        await _t.Run(new GetPendingJobExecutions(Member("g", 99)));
        var gate = _store.HoldCommit(nth: 2);
        await _t.Run(new CancelJob("j"));
        gate.WaitUntilReached();
        _t.Clock.Advance(TimeSpan.FromSeconds(5));
        var call = await meanwhile(gate);
        gate.Open();
        return call;
    }

    private static CreateJob Retrying(CreateJob job) => job with
    {
        JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 10 }] },
    };
}
