using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Notifications;
using IoTJobsToolkit.Engine.Tests.Properties.Programs;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using IoTJobsToolkit.Engine.Work;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Engine.Tests.Properties.Running;

/// <summary>The engine in virtual time, with a mirror of all that it committed.</summary>
internal sealed class EngineRun : IDisposable
{
    private readonly Func<IJobsStore> _open;
    private readonly CancellationToken _cancellation;
    private readonly FakeTimeProvider _clock = new(TestEngine.T0);
    private JobsEngine _engine = null!;
    private JobsSubscription _events = null!;

    /// <param name="open">Opens the same store each time.</param>
    public EngineRun(Func<IJobsStore> open, CancellationToken cancellation)
    {
        _open = open;
        _cancellation = cancellation;
        Start();
    }

    public Mirror Mirror { get; } = new();

    /// <summary>Devices which know only what they were told, and asked when they connected.</summary>
    public Listener Listener { get; } = new();

    public IJobs Operator => _engine.As(Caller.Operator("admin"));

    public async Task<string> CallAsync(CallStep step, Operation operation)
    {
        try
        {
            var caller = (operation as IoTJobsToolkit.Engine.Access.IActsForThing)?.ThingName is { } thing ? Caller.Device(thing) : Caller.Operator("admin");
            return Answers.Of(await step.RunAsync(_engine.As(caller), operation, _cancellation));
        }
        catch (JobsException refusal)
        {
            return Answers.Refused(refusal);
        }
        finally
        {
            await SettleAsync();
        }
    }

    public async Task PassToAsync(DateTimeOffset until)
    {
        if (until > _clock.GetUtcNow())
        {
            _clock.SetUtcNow(until);
        }
        await SettleAsync();
    }

    /// <summary>Ends the engine and starts another on the same store, as a restart of the process does.</summary>
    public async Task RestartAsync()
    {
        _engine.Dispose();
        Drain();
        Start();
        await SettleAsync();
        foreach (var thing in Listener.Things.ToList())
        {
            await Listener.Ask(Operator, thing);
        }
    }

    public async Task<JobView> JobAsync(string jobId) => JobView.Of((await Read(new DescribeJob(jobId))).Job);

    public async Task<string> PendingAsync(string thing) => PendingView.Of(thing, await Read(new GetPendingJobExecutions(thing)));

    public Task<TResponse> Read<TResponse>(Operation<TResponse> operation) => Operator.ExecuteAsync(operation, _cancellation);

    public void Dispose() => _engine.Dispose();

    private void Start()
    {
        _engine = new(_open(), _clock, services: new() { Audience = new Ears() });
        _events = _engine.Subscribe(capacity: 100_000);
    }

    private async Task SettleAsync()
    {
        await _engine.PassTimeAsync(_cancellation);
        Drain();
    }

    private void Drain()
    {
        while (_events.Batches.TryRead(out var batch))
        {
            Mirror.Take(batch);
            Listener.Take(batch);
        }
    }
}
