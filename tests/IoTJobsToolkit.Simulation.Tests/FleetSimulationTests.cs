using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Simulation.Tests;

public sealed class FleetSimulationTests : IDisposable
{
    private const int Things = 40;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly DeviceBehavior Quick = new() { Seconds = 0.01 };

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-12-01T08:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly JobsEngine _engine;
    private readonly IJobs _operator;

    public FleetSimulationTests()
    {
        _engine = new(new InMemoryJobsStore(), _clock);
        _operator = _engine.As(Caller.Operator("test"));
    }

    private static IEnumerable<string> Names => Enumerable.Range(1, Things).Select(i => $"lamp-{i}");

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Devices_carry_out_a_job_as_their_plans_say()
    {
        var behavior = Quick with { FailureShare = 0.3, RejectionShare = 0.1, Reasons = ["battery low", "no space"] };
        await CreateAsync("fw-1");
        await using var fleet = Start(behavior);

        var counts = await WhenAsync("fw-1", job => job.Status == JobStatus.COMPLETED);

        var ends = Names.Select(name => DevicePlan.Of(7, behavior, "fw-1", name, 1).Reports[^1].Status).CountBy(status => status).ToDictionary();
        Assert.Equal(
            (ends[JobExecutionStatus.SUCCEEDED], ends[JobExecutionStatus.FAILED], ends[JobExecutionStatus.REJECTED]),
            (counts.NumberOfSucceededThings, counts.NumberOfFailedThings, counts.NumberOfRejectedThings));
        Assert.Equal((Things, 0), (fleet.Counts.BegunExecutions, fleet.Counts.RefusedReports));
    }

    [Fact]
    public async Task A_job_that_comes_later_is_found()
    {
        await using var fleet = Start(Quick);
        await CreateAsync("fw-1");
        await WhenAsync("fw-1", job => job.Status == JobStatus.COMPLETED);
        await CreateAsync("fw-2");

        Assert.Equal(Things, (await WhenAsync("fw-2", job => job.Status == JobStatus.COMPLETED)).NumberOfSucceededThings);
    }

    [Fact]
    public async Task Reports_that_come_twice_or_are_stale_change_no_result()
    {
        await CreateAsync("fw-1");
        await using var fleet = Start(Quick with { DuplicateShare = 1, StaleShare = 1 });

        Assert.Equal(Things, (await WhenAsync("fw-1", job => job.Status == JobStatus.COMPLETED)).NumberOfSucceededThings);
        Assert.InRange(fleet.Counts.RefusedReports, 4 * Things, 5 * Things); // Each stale one, and those after an end that came in time to be counted.
    }

    [Fact]
    public async Task A_device_that_falls_silent_does_the_next_job_once_its_timeout_has_ended_the_first()
    {
        await CreateAsync("fw-1", job => job with { Document = """{"simulate":{"silenceShare":1}}""", TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });
        await using var fleet = Start(Quick);
        var begun = await WhenAsync("fw-1", _ => fleet.Counts.SilentExecutions == Things);
        Assert.Equal(Things, begun.NumberOfInProgressThings);
        await CreateAsync("fw-2");

        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(Things, (await WhenAsync("fw-1", job => job.Status == JobStatus.COMPLETED)).NumberOfTimedOutThings);
        Assert.Equal(Things, (await WhenAsync("fw-2", job => job.Status == JobStatus.COMPLETED)).NumberOfSucceededThings);
    }

    [Fact]
    public async Task A_device_whose_line_cannot_be_opened_at_first_tries_again()
    {
        await CreateAsync("fw-1");
        var clock = new FakeTimeProvider();
        var refused = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        await using var fleet = new FleetSimulation(
            Names,
            (name, _) => refused.TryAdd(name, true)
                ? throw new JobsException(JobsError.LimitExceeded, "Not now.")
                : Task.FromResult<IDeviceLine>(new JobsLine(_engine.As(Caller.Device(name)), name, TimeSpan.FromMilliseconds(10), clock)),
            Quick,
            seed: 7,
            clock);

        var counts = await WhenAsync("fw-1", job =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return job.Status == JobStatus.COMPLETED;
        });
        Assert.Equal((Things, Things), (counts.NumberOfSucceededThings, fleet.Counts.Disturbances));
    }

    [Fact]
    public async Task A_fleet_that_is_stopped_leaves_what_it_was_doing()
    {
        await CreateAsync("fw-1");
        var fleet = Start(Quick with { Seconds = 3_600 });
        await WhenAsync("fw-1", _ => fleet.Counts.BegunExecutions == Things);

        await fleet.DisposeAsync();

        Assert.Equal(Things, (await DescribeAsync("fw-1")).JobProcessDetails.NumberOfInProgressThings);
    }

    private FleetSimulation Start(DeviceBehavior behavior) => new(
        Names,
        (name, _) => Task.FromResult<IDeviceLine>(new JobsLine(_engine.As(Caller.Device(name)), name, TimeSpan.FromMilliseconds(10), TimeProvider.System)),
        behavior,
        seed: 7,
        TimeProvider.System);

    private async Task CreateAsync(string jobId, Func<CreateJob, CreateJob>? with = null)
    {
        foreach (var name in Names)
        {
            await _operator.ExecuteAsync(new CreateThing(name));
        }
        var job = new CreateJob(jobId, [.. Names.Select(_engine.Settings.ThingArn)]) { Document = "{}" };
        await _operator.ExecuteAsync(with?.Invoke(job) ?? job);
    }

    private async Task<JobDetail> DescribeAsync(string jobId) => (await _operator.ExecuteAsync(new DescribeJob(jobId))).Job;

    /// <summary>The counts when it is so, looked at with every commit.</summary>
    private async Task<JobProcessDetails> WhenAsync(string jobId, Func<JobDetail, bool> isSo)
    {
        using var subscription = _engine.Subscribe();
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var job = await DescribeAsync(jobId);
            if (isSo(job))
            {
                return job.JobProcessDetails;
            }
            using var again = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
            again.CancelAfter(TimeSpan.FromMilliseconds(100)); // What a device counts for itself comes after its commit.
            try
            {
                await subscription.Batches.ReadAsync(again.Token);
            }
            catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
            {
            }
        }
    }
}
