using System.Diagnostics;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Device;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone, because it is timed";
}

/// <summary>Seven virtual days of a large job take seconds.</summary>
[Collection(Alone.Name)]
public sealed class WeekTests : IDisposable
{
    private const int Things = 10_000;
    private const double Day = 24 * 3600;

    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_week_of_nightly_windows_with_timeouts_and_retries_for_ten_thousand_things_takes_less_than_ten_seconds()
    {
        await _t.Group("g", Things);
        var watch = Stopwatch.StartNew();
        await _t.Create("j", GroupArn("g"), job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 90 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 10 }] },
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 60 }] },
        });

        // Each night a third succeeds, a third fails and a third is silent; who did not succeed is tried again the next night.
        for (var night = 0; night < 7; night++)
        {
            await _t.At(night * Day + 12.5 * 3600);
            await Task.WhenAll(Enumerable.Range(0, Things).Select(number => Device(Member("g", number), (number + night) % 3)));
            await _t.At(night * Day + 20 * 3600);
        }
        await _t.At(7 * Day);

        Assert.Equal($"0 0 {Things} 3333 6666 0 0 0", await _t.Counts("j"));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    private async Task Device(string thing, int outcome)
    {
        if ((await _t.Device(thing).ExecuteAsync(new StartNextPendingJobExecution(thing), TestContext.Current.CancellationToken)).Execution is not null && outcome < 2)
        {
            await _t.Report("j", thing, outcome == 0 ? JobExecutionStatus.SUCCEEDED : JobExecutionStatus.FAILED);
        }
    }
}
