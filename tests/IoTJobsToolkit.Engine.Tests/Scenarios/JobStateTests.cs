using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>How a job stood at a moment of the past.</summary>
public sealed class JobStateTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task At_every_moment_it_is_what_the_counters_said_then()
    {
        await _t.Group("j", 4);
        await _t.Create("j", GroupArn("j"), job => job with
        {
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 2 },
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 3 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
        });
        var said = new List<(DateTimeOffset At, JobStatus Status, string Counts)>();
        async Task Note(int second)
        {
            await _t.At(second);
            said.Add((_t.Clock.GetUtcNow(), (await _t.Job("j")).Status, await _t.Counts("j")));
        }
        await Note(1);
        await _t.At(2); // What comes at the instant of a note would be part of it.
        await _t.StartNext(Member("j", 0));
        await _t.Report("j", Member("j", 1), JobExecutionStatus.FAILED);
        await Note(30);
        await Note(61);
        await _t.At(62);
        await _t.Report("j", Member("j", 2), JobExecutionStatus.SUCCEEDED);
        await Note(200);
        await _t.At(201);
        await _t.Run(new CancelJob("j"));
        await Note(300);
        await Note(9_000);

        foreach (var (at, status, counts) in said)
        {
            var state = await _t.Run(new DescribeJobState("j") { At = at });
            Assert.Equal(
                (at, status, counts),
                (state.At, state.Status, $"{state.Queued} {state.InProgress} {state.Succeeded} {state.Failed} {state.TimedOut} {state.Rejected} {state.Removed} {state.Canceled}"));
        }
        Assert.Equal(5, said.Select(moment => moment.Counts).Distinct().Count());
    }

    [Fact]
    public async Task A_job_with_more_executions_than_one_turn_reads_is_counted_whole()
    {
        await _t.Group("j", 4_100);
        await _t.Create("j", GroupArn("j"));
        await _t.At(600);
        await _t.Report("j", Member("j", 4_099), JobExecutionStatus.SUCCEEDED);
        var before = await _t.Run(new DescribeJobState("j") { At = T0.AddSeconds(599) });
        var now = await _t.Run(new DescribeJobState("j") { At = T0.AddSeconds(600) });

        Assert.Equal((4_100, 0, 4_099, 1), (before.Queued, before.Succeeded, now.Queued, now.Succeeded));
        Assert.Equal(2_000, (await _t.Run(new DescribeJobState("j") { At = T0.AddSeconds(61) })).Queued);
    }

    [Fact]
    public async Task A_moment_at_which_there_was_no_job_is_refused()
    {
        await _t.Things("a");
        await _t.At(60);
        await _t.Create("j", "a");

        await Refused(_t.Run(new DescribeJobState("j") { At = T0 }), JobsError.InvalidRequest);
        await Refused(_t.Run(new DescribeJobState("j") { At = T0.AddSeconds(121) }), JobsError.InvalidRequest);
        Assert.Equal(T0.AddSeconds(60), (await _t.Run(new DescribeJobState("j") { At = T0.AddSeconds(119) })).At); // A clock that is ahead.
        Assert.Equal(T0.AddSeconds(60), (await _t.Run(new DescribeJobState("j"))).At);
        await Refused(_t.Run(new DescribeJobState("k") { At = T0 }), JobsError.ResourceNotFound);
    }
}
