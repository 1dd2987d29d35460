using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Simulations;
using IoTJobsToolkit.Engine.Storage;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Simulation.Tests;

/// <summary>Simulations that are started and stopped by operations.</summary>
public sealed class FleetSimulatorTests : IAsyncDisposable
{
    private const string Group = "arn:aws:iot:us-east-1:123456789012:thinggroup/fleet";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-12-01T08:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly FleetSimulator _simulator;
    private readonly JobsEngine _engine;

    public FleetSimulatorTests()
    {
        _simulator = new(_clock);
        _engine = new(new InMemoryJobsStore(), _clock, services: new() { Simulator = _simulator });
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _engine.Dispose();
    }

    private static StartFleetSimulation Usual => new("fleet", 30)
    {
        ThingGroupName = "fleet", Seed = 7, FailurePercentage = 30, RejectionPercentage = 10, StalePercentage = 20, Reasons = ["disk full"], Seconds = 0.5m,
    };

    [Fact]
    public async Task It_carries_out_a_job_and_the_same_seed_ends_it_in_the_same_way()
    {
        var started = await Run(Usual);
        Assert.Equal(("fleet", 30, SimulationTransport.IN_PROCESS, 7, "fleet-"), (started.SimulationName, started.Devices, started.Transport, started.Seed, started.ThingNamePrefix));
        var first = await CompleteAsync("fw-1");
        var once = await Run(new StopFleetSimulation("fleet") { RemoveThings = true });
        await Run(new DeleteJob("fw-1") { Force = true });
        await _engine.PassTimeAsync(TestContext.Current.CancellationToken);

        await Run(Usual);
        var second = await CompleteAsync("fw-1");

        Assert.Equal(first, second);
        Assert.True(first.NumberOfFailedThings > 0 && first.NumberOfRejectedThings > 0 && first.NumberOfSucceededThings > 0);
        Assert.Equal(
            (30, first.NumberOfSucceededThings, first.NumberOfFailedThings, first.NumberOfRejectedThings),
            (once.BegunExecutions, once.SucceededExecutions, once.FailedExecutions, once.RejectedExecutions));
        Assert.True(once.RefusedReports > 0);
    }

    [Fact]
    public async Task Things_that_were_there_stay_and_those_it_made_go_with_it()
    {
        await Run(new CreateThing("fleet-0001"));
        await Run(Usual with { Devices = 3 });
        Assert.Equal(["fleet-0001", "fleet-0002", "fleet-0003"], (await Run(new ListThingsInThingGroup("fleet"))).Things);

        await Run(new StopFleetSimulation("fleet") { RemoveThings = true });

        Assert.Equal(["fleet-0001"], (await Run(new ListThings())).Things.Select(thing => thing.ThingName));
        Assert.Empty((await Run(new ListThingGroups())).ThingGroups);
        Assert.Empty((await Run(new ListFleetSimulations())).Simulations);
    }

    [Fact]
    public async Task Who_started_and_who_stopped_it_is_recorded_and_nothing_else()
    {
        await Run(Usual);
        await Run(new StopFleetSimulation("fleet") { RemoveThings = true });

        var activities = (await Run(new ListActivity())).Activities.Reverse().Select(activity => $"{activity.By} {activity.OperationName} {activity.SubjectName}: {activity.Details}");
        Assert.Equal(["test StartFleetSimulation fleet: 30 devices", "test StopFleetSimulation fleet: with the things it made"], activities);
    }

    [Fact]
    public async Task A_name_is_taken_while_it_goes_on()
    {
        await Run(Usual with { Devices = 1 });
        Assert.Equal(JobsError.ResourceAlreadyExists, (await Refused(Run(Usual))).Error);
        await Run(new StopFleetSimulation("fleet"));
        await Run(Usual with { Devices = 1 });

        Assert.Equal(JobsError.ResourceNotFound, (await Refused(Run(new DescribeFleetSimulation("other")))).Error);
        Assert.Equal(JobsError.ResourceNotFound, (await Refused(Run(new StopFleetSimulation("other")))).Error);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_before_anything_is_made()
    {
        foreach (var wrong in new[]
        {
            Usual with { Devices = 0 }, Usual with { Devices = 10_001 }, Usual with { SimulationName = "a b" }, Usual with { FailurePercentage = 101 },
            Usual with { FailurePercentage = 50, SilencePercentage = 50, RejectionPercentage = 1 }, Usual with { Seconds = 0 }, Usual with { Reasons = [] },
            Usual with { Transport = SimulationTransport.MQTT }, Usual with { ThingNamePrefix = "no blanks " },
        })
        {
            Assert.Equal(JobsError.InvalidRequest, (await Refused(Run(wrong))).Error);
        }
        Assert.Empty((await Run(new ListThings())).Things);
    }

    private Task<TResponse> Run<TResponse>(Operation<TResponse> operation) =>
        _engine.As(Caller.Operator("test")).ExecuteAsync(operation, TestContext.Current.CancellationToken);

    private static Task<JobsException> Refused(Task call) => Assert.ThrowsAsync<JobsException>(() => call);

    private async Task<JobProcessDetails> CompleteAsync(string jobId)
    {
        await Run(new CreateJob(jobId, [Group]) { Document = "{}" });
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var job = (await _engine.As(Caller.Operator("test")).ExecuteAsync(new DescribeJob(jobId), deadline.Token)).Job;
            if (job.Status == JobStatus.COMPLETED)
            {
                return job.JobProcessDetails;
            }
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
