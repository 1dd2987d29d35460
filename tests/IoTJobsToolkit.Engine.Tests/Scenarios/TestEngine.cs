using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using Microsoft.Extensions.Time.Testing;
using Device = IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>An engine in virtual time, as the worked examples use it: t counts seconds from 2026-12-01T10:00:00Z.</summary>
public sealed class TestEngine : IDisposable
{
    public static readonly DateTimeOffset T0 = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly IJobsStore _store;
    private readonly JobsServices _services;
    private JobsSettings _settings;

    private readonly TimeProvider _time;

    /// <param name="isVirtual">Jobs go by a clock that operators may move.</param>
    public TestEngine(JobsSettings? settings = null, JobsServices? services = null, IJobsStore? store = null, bool isVirtual = false)
    {
        _time = isVirtual ? new VirtualClock(Clock) : Clock;
        _store = store ?? new InMemoryJobsStore();
        _settings = settings ?? new();
        _services = services ?? JobsServices.None;
        Engine = new(_store, _time, _settings, _services);
    }

    /// <summary>Whether the engine is started anew before each step of a scenario.</summary>
    public bool IsCut { get; init; }

    public FakeTimeProvider Clock { get; } = new(T0);

    public JobsEngine Engine { get; private set; }

    public IJobs Operator => Engine.As(Caller.Operator("admin"));

    public IJobs Device(string thing) => Engine.As(Caller.Device(thing));

    /// <summary>Ends the engine and starts another on the same store, as a restart of the process does.</summary>
    public void Restart(JobsSettings? settings = null, Action<JobsEngine>? listen = null)
    {
        Engine.Dispose();
        _settings = settings ?? _settings;
        Engine = new(_store, _time, _settings, _services, listen);
    }

    /// <summary>Ends the engine in the commit which <paramref name="gate"/> holds: that one is made, none after it.</summary>
    internal async Task EndIn(Gate gate)
    {
        gate.WaitUntilReached();
        var end = Task.Run(Engine.Dispose, TestContext.Current.CancellationToken);
        var isOpen = true;
        while (isOpen)
        {
            try
            {
                await Run(new ListJobs());
                await Task.Yield();
            }
            catch (JobsException refusal) when (refusal.Error == JobsError.ServiceUnavailable)
            {
                isOpen = false;
            }
        }
        gate.Open();
        await end;
    }

    private void Cut()
    {
        if (IsCut)
        {
            Restart();
        }
    }

    public void Configure(JobsSettings settings)
    {
        _settings = settings;
        Engine.Configure(settings);
    }

    /// <summary>Moves the clock to t = <paramref name="seconds"/> and lets the engine do all that is due.</summary>
    public async Task At(double seconds)
    {
        Cut();
        var span = T0 + TimeSpan.FromSeconds(seconds) - Clock.GetUtcNow();
        if (span > TimeSpan.Zero)
        {
            Clock.Advance(span);
        }
        await Engine.PassTimeAsync(TestContext.Current.CancellationToken);
    }

    public static string ThingArn(string thing) => $"arn:aws:iot:us-east-1:123456789012:thing/{thing}";

    public static string GroupArn(string group) => $"arn:aws:iot:us-east-1:123456789012:thinggroup/{group}";

    public async Task<TestEngine> Things(params string[] names)
    {
        foreach (var name in names)
        {
            await Run(new CreateThing(name));
        }
        return this;
    }

    /// <summary>A group with things NAME-0000, NAME-0001, ...; the things are made in one commit.</summary>
    public async Task Group(string name, int things)
    {
        await Run(new CreateThingGroup(name));
        await Task.WhenAll(Enumerable.Range(0, things).Select(async i =>
        {
            await Run(new CreateThing(Member(name, i)));
            await Run(new AddThingToThingGroup { ThingGroupName = name, ThingName = Member(name, i) });
        }));
    }

    public static string Member(string group, int index) => $"{group}-{index:D4}";

    public Task<TResponse> Run<TResponse>(Operation<TResponse> operation) =>
        Operator.ExecuteAsync(operation, TestContext.Current.CancellationToken);

    public async Task Create(string jobId, string target, Func<CreateJob, CreateJob>? with = null)
    {
        Cut();
        var create = new CreateJob(jobId, [target.StartsWith("arn:", StringComparison.Ordinal) ? target : ThingArn(target)])
        {
            Document = """{"op":"x"}""",
        };
        await Run(with is null ? create : with(create));
    }

    public async Task<JobDetail> Job(string jobId)
    {
        Cut();
        return (await Run(new DescribeJob(jobId))).Job;
    }

    public async Task<JobExecutionDetail> Execution(string jobId, string thing, long? number = null)
    {
        Cut();
        return (await Run(new Operations.Control.DescribeJobExecution(jobId, thing) { ExecutionNumber = number })).Execution;
    }

    public async Task<DeviceJobExecution?> StartNext(string thing)
    {
        Cut();
        return (await Device(thing).ExecuteAsync(new StartNextPendingJobExecution(thing), TestContext.Current.CancellationToken)).Execution;
    }

    public Task<UpdateJobExecutionResponse> Report(
        string jobId, string thing, JobExecutionStatus status, Func<UpdateJobExecution, UpdateJobExecution>? with = null)
    {
        Cut();
        var update = new UpdateJobExecution(jobId, thing) { Status = status };
        return Device(thing).ExecuteAsync(with is null ? update : with(update), TestContext.Current.CancellationToken);
    }

    public async Task<List<JobExecutionSummaryForJob>> Executions(string jobId, JobExecutionStatus? status = null)
    {
        Cut();
        var all = new List<JobExecutionSummaryForJob>();
        string? token = null;
        do
        {
            var page = await Run(new ListJobExecutionsForJob(jobId) { Status = status, NextToken = token });
            all.AddRange(page.ExecutionSummaries);
            token = page.NextToken;
        }
        while (token is not null);
        return all;
    }

    public static async Task<JobsException> Refused(Task call, JobsError error)
    {
        var exception = await Assert.ThrowsAsync<JobsException>(() => call);
        Assert.Equal(error, exception.Error);
        return exception;
    }

    /// <summary>The counters as a line: queued, in progress, succeeded, failed, timed out, rejected, removed, canceled.</summary>
    public async Task<string> Counts(string jobId)
    {
        var d = (await Job(jobId)).JobProcessDetails;
        return $"{d.NumberOfQueuedThings} {d.NumberOfInProgressThings} {d.NumberOfSucceededThings} {d.NumberOfFailedThings} " +
            $"{d.NumberOfTimedOutThings} {d.NumberOfRejectedThings} {d.NumberOfRemovedThings} {d.NumberOfCanceledThings}";
    }

    public void Dispose() => Engine.Dispose();
}
