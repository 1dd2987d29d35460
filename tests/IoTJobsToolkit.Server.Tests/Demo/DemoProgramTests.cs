using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Demo;
using IoTJobsToolkit.Server.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Server.Tests.Demo;

public sealed class DemoProgramTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Fact]
    public async Task A_group_that_somebody_deleted_keeps_no_other_job_from_being_created()
    {
        using var engine = new JobsEngine(new InMemoryJobsStore(), _clock);
        var jobs = engine.As(Caller.Operator("test"));
        await DemoFleet.EnsureAsync(jobs, TestContext.Current.CancellationToken);
        await jobs.ExecuteAsync(new DeleteThingGroup(DemoFleet.Europe), TestContext.Current.CancellationToken);
        var told = new List<string>();
        using var deadline = new CancellationTokenSource(Deadline);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        using var commits = engine.Subscribe();

        var running = new DemoProgram(jobs, engine.Settings, _clock, (job, _) => told.Add(job)).RunAsync(stop.Token);
        while ((await jobs.ExecuteAsync(new ListJobs(), deadline.Token)).Jobs.Count < DemoJobs.Series.Count)
        {
            await commits.Batches.ReadAsync(deadline.Token);
        }
        await jobs.ExecuteAsync(new CreateThingGroup(DemoFleet.Europe), deadline.Token);
        while ((await jobs.ExecuteAsync(new ListJobs(), deadline.Token)).Jobs.All(job => job.JobId != "demo-firmware-1"))
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["demo-firmware"], told);
    }

    [Fact]
    public async Task A_device_gets_another_token_before_the_one_it_has_expires()
    {
        var token = new DeviceToken(new Issuer(), "lamp-1", _clock);
        var first = await token.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(first, await token.GetAsync(TestContext.Current.CancellationToken));
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.NotEqual(first, await token.GetAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Issuer : IJobs
    {
        private int _issued;

        public Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken = default)
        {
            Assert.Equal(1, Assert.IsType<CreateThingToken>(operation).ValidDays);
            return Task.FromResult((TResponse)(object)new CreateThingTokenResponse("lamp-1", "id", $"token {++_issued}"));
        }
    }
}
