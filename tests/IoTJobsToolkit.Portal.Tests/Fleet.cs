using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Portal.Tests;

/// <summary>An engine in memory with what tests ask of it in a word: things, jobs, reports of devices.</summary>
public sealed class Fleet : IDisposable
{
    public Fleet(TimeProvider? clock = null, JobsSettings? settings = null, IJobsStore? store = null, JobsServices? services = null)
    {
        Clock = clock ?? TimeProvider.System;
        Engine = new(store ?? new InMemoryJobsStore(), Clock, settings ?? new() { Limits = LimitsProfile.None }, (services ?? new()) with { Credentials = new PlainIssuer(), Passwords = new PlainPasswords() });
        Operator = Engine.As(Caller.Operator("ops"));
    }

    public TimeProvider Clock { get; }

    public JobsEngine Engine { get; }

    public IJobs Operator { get; }

    /// <summary>Runs an operation as an operator, until the test is canceled.</summary>
    public Task<TResponse> RunAsync<TResponse>(Operation<TResponse> operation) =>
        Operator.ExecuteAsync(operation, TestContext.Current.CancellationToken);

    public string ThingArn(string name) => Engine.Settings.ThingArn(name);

    public async Task<string[]> AddThingsAsync(int count, string prefix = "thing-")
    {
        var names = Enumerable.Range(1, count).Select(i => $"{prefix}{i:0000}").ToArray();
        await Task.WhenAll(names.Select(name => RunAsync(new CreateThing(name))));
        return names;
    }

    /// <summary>A job whose executions are all queued when this returns.</summary>
    public async Task AddJobAsync(string jobId, IEnumerable<string> things, Func<CreateJob, CreateJob>? with = null)
    {
        var create = new CreateJob(jobId, [.. things.Select(ThingArn)]) { Document = """{"operation":"reboot","steps":[1,2]}""" };
        await RunAsync(with?.Invoke(create) ?? create);
        await Engine.SettleAsync(jobId, null);
    }

    public async Task ReportAsync(
        string jobId, string thing, JobExecutionStatus status, IReadOnlyDictionary<string, string>? details = null) =>
        await Engine.As(Caller.Device(thing)).ExecuteAsync(
            new UpdateJobExecution(jobId, thing) { Status = status, StatusDetails = details });

    public async Task<JobDetail> JobAsync(string jobId) => (await RunAsync(new DescribeJob(jobId))).Job;

    public void Dispose() => Engine.Dispose();
}
