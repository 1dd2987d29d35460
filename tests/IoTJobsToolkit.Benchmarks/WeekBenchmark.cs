using System.Diagnostics;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>
/// Seven virtual days of a job with nightly windows: each night all devices which may start do so, a third succeeds, a third fails, a third is
/// silent until its timer runs out; failures and time-outs are tried again the next night.
/// </summary>
internal static class WeekBenchmark
{
    private const int Things = 10_000;
    private const int Nights = 7;

    private static readonly DateTimeOffset Start = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FirstNight = new(2026, 12, 1, 22, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(BenchmarkFolder folder, Report report)
    {
        report.Title($"{Nights} virtual days of a job for {Things:N0} things");
        var clock = new VirtualClock(Start);
        using var engine = new JobsEngine(Fleet.Create(folder.Database("week"), Things), clock, new() { Limits = LimitsProfile.Aws });
        var watch = Stopwatch.StartNew();
        var admin = engine.As(Caller.Operator("bench"));
        await admin.ExecuteAsync(Fleet.JobForAll("week") with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 90 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 10 }] },
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 60 }] },
        });
        for (var night = 0; night < Nights; night++)
        {
            await NightAsync(engine, clock, FirstNight.AddDays(night), night);
        }
        clock.MoveTo(Start.AddDays(Nights));
        await engine.PassTimeAsync();
        var seconds = watch.Elapsed.TotalSeconds;

        var counts = (await admin.ExecuteAsync(new DescribeJob("week"))).Job.JobProcessDetails;
        report.Figure("executions which succeeded", counts.NumberOfSucceededThings, "");
        report.Figure("failed and were tried again", counts.NumberOfFailedThings, "");
        report.Figure("timed out and were tried again", counts.NumberOfTimedOutThings, "");
        report.AtMost("the whole week", seconds, "s", 10);
    }

    private static async Task NightAsync(JobsEngine engine, VirtualClock clock, DateTimeOffset opening, int night)
    {
        clock.MoveTo(opening.AddMinutes(30));
        await engine.PassTimeAsync();
        foreach (var numbers in Enumerable.Range(0, Things).Chunk(512))
        {
            await Task.WhenAll(numbers.Select(number => DeviceAsync(engine, Fleet.NameOf(number), (number + night) % 3)));
        }
        clock.MoveTo(opening.AddHours(12));
        await engine.PassTimeAsync();
    }

    private static async Task DeviceAsync(JobsEngine engine, string thing, int outcome)
    {
        var jobs = engine.As(Caller.Device(thing));
        if ((await jobs.ExecuteAsync(new StartNextPendingJobExecution(thing))).Execution is not null && outcome < 2)
        {
            await jobs.ExecuteAsync(new UpdateJobExecution("week", thing)
            {
                Status = outcome == 0 ? JobExecutionStatus.SUCCEEDED : JobExecutionStatus.FAILED,
            });
        }
    }
}
