using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Bulk;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class BulkRunTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Fleet _fleet = new(settings: new() { Limits = LimitsProfile.Aws, DeletionPaused = true });
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _fleet.Dispose();

    private async Task<string[]> AddEndedJobsAsync(int count)
    {
        var things = await _fleet.AddThingsAsync(1);
        var jobIds = Enumerable.Range(1, count).Select(i => $"job-{i:00}").ToArray();
        foreach (var jobId in jobIds)
        {
            await _fleet.AddJobAsync(jobId, things);
            await _fleet.RunAsync(new CancelJob(jobId));
            await _fleet.Engine.SettleAsync(jobId, null, TestContext.Current.CancellationToken);
        }
        return jobIds;
    }

    [Fact]
    public async Task Ten_deletions_at_a_time_and_the_others_wait_for_room()
    {
        var jobIds = await AddEndedJobsAsync(12);
        var waits = new TaskCompletionSource();
        BulkRun run = null!;
        run = new(new DeleteJobsAction(jobIds, false), jobIds, _fleet.Operator, _clock, () =>
        {
            if (run.WaitsFor is not null)
            {
                waits.TrySetResult();
            }
        });

        var running = run.RunAsync(null, null, TestContext.Current.CancellationToken);
        await waits.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal((10, 2, true), (run.Done, run.Left, run.IsRunning));
        Assert.Contains("10 jobs are being deleted", run.WaitsFor);

        _fleet.Engine.Configure(_fleet.Engine.Settings with { DeletionPaused = false });
        for (var until = DateTimeOffset.UtcNow + Deadline; !running.IsCompleted && DateTimeOffset.UtcNow < until;)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await running.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal((12, 0, false), (run.Done, run.Left, run.IsRunning));
        Assert.Empty(run.Refusals);
    }

    [Fact]
    public async Task Whoever_does_not_want_to_wait_stops_and_is_told_what_is_left()
    {
        var jobIds = await AddEndedJobsAsync(11);
        using var stop = new CancellationTokenSource();
        BulkRun run = null!;
        run = new(new DeleteJobsAction(jobIds, false), jobIds, _fleet.Operator, _clock, () =>
        {
            if (run.WaitsFor is not null)
            {
                stop.Cancel();
            }
        });

        await run.RunAsync(null, null, stop.Token);

        Assert.Equal((10, 1), (run.Done, run.Left));
        Assert.Null(run.Stopped);
        Assert.Equal(JobStatus.CANCELED, (await _fleet.JobAsync("job-11")).Status);
    }
}
