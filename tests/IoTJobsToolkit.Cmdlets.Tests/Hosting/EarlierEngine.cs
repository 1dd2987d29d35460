using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>Writes a database as if it were some time ago; what it leaves due is found by whoever opens the file next.</summary>
internal sealed class EarlierEngine : IDisposable
{
    private readonly JobsEngine _engine;

    public EarlierEngine(string databasePath, TimeSpan ago)
    {
        var now = TimeProvider.System.GetUtcNow() - ago;
        Began = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerSecond));
        Clock = new(Began);
        _engine = new(LiteDbJobsStore.Open(databasePath, Clock), Clock);
    }

    public DateTimeOffset Began { get; }

    public FakeTimeProvider Clock { get; }

    public BrokerState Broker => _engine.Broker;

    public Task<T> Run<T>(Operation<T> operation) => _engine.As(Caller.Operator("operator")).ExecuteAsync(operation);

    public Task<T> RunAs<T>(string thing, Operation<T> operation) => _engine.As(Caller.Device(thing)).ExecuteAsync(operation);

    public async Task CreateThings(params string[] names)
    {
        foreach (var name in names)
        {
            await Run(new CreateThing(name));
        }
    }

    public Task CreateJob(string id, string[] things, Func<CreateJob, CreateJob>? with = null)
    {
        var job = new CreateJob(id, [.. things.Select(thing => _engine.Settings.ThingArn(thing))]) { Document = "{}" };
        return Run(with?.Invoke(job) ?? job);
    }

    public async Task EndJob(string id)
    {
        await Run(new CancelJob(id) { Force = true });
        await Settle();
    }

    public Task Settle() => _engine.PassTimeAsync();

    /// <summary>An instant some time after it began, as a schedule says it.</summary>
    public string In(TimeSpan time) => Text(Began + time);

    public static string Text(DateTimeOffset time) => Engine.Schedules.JobSchedule.Text(time);

    public void Dispose() => _engine.Dispose();
}
