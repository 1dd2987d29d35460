using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using Microsoft.Extensions.Time.Testing;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Clocks;

/// <summary>Jobs by a clock that their operators move.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly FakeTimeProvider _real = new(T0);
    private readonly InMemoryJobsStore _store = new();
    private JobsEngine _engine;

    public ClockTests() => _engine = new(_store, new VirtualClock(_real));

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task A_clock_that_stands_still_lets_no_timer_run_out_and_a_step_lets_all_in_their_order()
    {
        await Create("j", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 }, JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 1 }] } });
        await Run(new UpdateClock { Rate = 0 });
        await Start("a");
        _real.Advance(TimeSpan.FromDays(1));
        Assert.Equal(JobExecutionStatus.IN_PROGRESS, (await Execution("j", "a")).Status);

        var clock = await Run(new AdvanceClock { Seconds = 3_600 });
        Assert.Equal((T0.AddHours(1), 0d, true), (clock.Time, clock.Rate, clock.IsVirtual));
        var timedOut = await Execution("j", "a", 1);
        Assert.Equal((JobExecutionStatus.TIMED_OUT, T0.AddHours(1)), (timedOut.Status, timedOut.LastUpdatedAt));
        Assert.Equal((JobExecutionStatus.QUEUED, T0.AddHours(1)), ((await Execution("j", "a", 2)).Status, (await Execution("j", "a", 2)).QueuedAt));
    }

    [Fact]
    public async Task From_event_to_event_each_comes_at_its_instant()
    {
        await Run(new UpdateClock { Rate = 0 });
        await Create("j", job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } }, "a", "b", "c");
        await Start("a");
        Assert.Equal(T0.AddMinutes(1), (await Run(new DescribeClock())).NextEventAt);
        Assert.Equal(T0.AddMinutes(1), (await Run(new AdvanceClock { ToNextEvent = true })).Time);
        Assert.Equal(T0.AddMinutes(1), (await Execution("j", "b")).QueuedAt);
        var last = await Run(new AdvanceClock { ToNextEvent = true });
        Assert.Equal((T0.AddMinutes(2), null), (last.Time, last.NextEventAt));
        Assert.Equal(T0.AddMinutes(2), (await Execution("j", "c")).QueuedAt);

        Assert.Contains("Nothing will happen", (await Refused(Run(new AdvanceClock { ToNextEvent = true }), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        await Run(new CancelJob("j") { Force = true });
        Assert.Equal(T0.AddMinutes(2).AddDays(90), (await Run(new DescribeClock())).NextEventAt); // The purge.
    }

    [Fact]
    public async Task Set_ahead_by_months_what_has_ended_is_purged()
    {
        await Create("j");
        await Run(new CancelJob("j") { Force = true });
        await Run(new UpdateClock { Time = T0.AddDays(91) });

        await Refused(Run(new DescribeJob("j")), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_fast_clock_wakes_the_engine_by_itself()
    {
        await Create("j", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 } });
        await Start("a");
        await Run(new UpdateClock { Rate = 3_600 });
        using var events = _engine.Subscribe();
        _real.Advance(TimeSpan.FromSeconds(1));

        await foreach (var batch in events.Batches.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (batch.Events.OfType<ExecutionChanged>().Any(change => change.After?.Status == JobExecutionStatus.TIMED_OUT))
            {
                break;
            }
        }
        Assert.Equal(T0.AddHours(1), (await Execution("j", "a")).LastUpdatedAt);
    }

    [Fact]
    public async Task The_database_remembers_how_its_clock_goes()
    {
        await Run(new UpdateClock { Time = T0.AddDays(3), Rate = 0 });
        _real.Advance(TimeSpan.FromHours(5));
        Restart();
        Assert.Equal((T0.AddDays(3), 0d), (_engine.Time, (await Run(new DescribeClock())).Rate));

        await Run(new UpdateClock { Rate = 10 });
        _real.Advance(TimeSpan.FromHours(1));
        Restart();
        Assert.Equal(T0.AddDays(3).AddHours(10), _engine.Time);
    }

    [Fact]
    public async Task What_a_clock_cannot_do_is_refused()
    {
        await Run(new UpdateClock { Time = T0.AddHours(1) });
        Assert.Contains("does not go back", (await Refused(Run(new UpdateClock { Time = T0 }), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        foreach (var wrong in new UpdateClock[] { new(), new() { Rate = -0.1 }, new() { Rate = 1_000_001 }, new() { Rate = double.NaN }, new() { Time = T0.AddYears(7_000) } })
        {
            await Refused(Run(wrong), JobsError.InvalidRequest);
        }
        foreach (var wrong in new AdvanceClock[] { new(), new() { Seconds = 0 }, new() { Seconds = 31_536_001 }, new() { Seconds = 1, ToNextEvent = true } })
        {
            await Refused(Run(wrong), JobsError.InvalidRequest);
        }
    }

    [Fact]
    public async Task Who_moved_it_is_recorded()
    {
        await Run(new UpdateClock { Time = T0.AddHours(1), Rate = 60 });
        await Run(new UpdateClock { Rate = 0 });
        await Run(new AdvanceClock { Seconds = 90 });

        var activities = (await Run(new ListActivity())).Activities.Reverse().Select(activity => $"{activity.By} {activity.OperationName} {activity.SubjectName}: {activity.Details}");
        Assert.Equal(
            [
                "admin UpdateClock clock: to 2026-12-01 11:00:00Z; goes 60 times as fast", "admin UpdateClock clock: stopped",
                "admin AdvanceClock clock: to 2026-12-01 11:01:30Z",
            ],
            activities);
    }

    [Fact]
    public async Task The_systems_clock_is_told_of_but_not_moved()
    {
        using var engine = new JobsEngine(new InMemoryJobsStore(), _real);
        var door = engine.As(Caller.Operator("admin"));
        var clock = await door.ExecuteAsync(new DescribeClock(), TestContext.Current.CancellationToken);
        Assert.Equal((T0, false, 1d), (clock.Time, clock.IsVirtual, clock.Rate));

        var refusal = await Refused(door.ExecuteAsync(new AdvanceClock { Seconds = 1 }, TestContext.Current.CancellationToken), JobsError.InvalidRequest);
        Assert.Contains("--Jobs:Clock=virtual", refusal.Message, StringComparison.Ordinal);
        await Refused(door.ExecuteAsync(new UpdateClock { Rate = 0 }, TestContext.Current.CancellationToken), JobsError.InvalidRequest);
    }

    private void Restart()
    {
        _engine.Dispose();
        _engine = new(_store, new VirtualClock(_real));
    }

    private Task<TResponse> Run<TResponse>(Operation<TResponse> operation) =>
        _engine.As(Caller.Operator("admin")).ExecuteAsync(operation, TestContext.Current.CancellationToken);

    private async Task Create(string jobId, Func<CreateJob, CreateJob>? with = null, params string[] things)
    {
        things = things.Length > 0 ? things : ["a"];
        foreach (var thing in things)
        {
            await Run(new CreateThing(thing));
        }
        var job = new CreateJob(jobId, [.. things.Select(ThingArn)]) { Document = "{}" };
        await Run(with?.Invoke(job) ?? job);
    }

    private Task<StartNextPendingJobExecutionResponse> Start(string thing) =>
        _engine.As(Caller.Device(thing)).ExecuteAsync(new StartNextPendingJobExecution(thing), TestContext.Current.CancellationToken);

    private async Task<JobExecutionDetail> Execution(string jobId, string thing, long? number = null) =>
        (await Run(new Operations.Control.DescribeJobExecution(jobId, thing) { ExecutionNumber = number })).Execution;
}
