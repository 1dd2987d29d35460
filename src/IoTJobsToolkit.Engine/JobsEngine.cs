using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Rates;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Telemetry;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine;

/// <summary>
/// Jobs on one store. Changes of all callers are committed in groups and answered when they are durable; what memory holds is answered at
/// once; timers, rollouts and sweeps run by themselves when they are due.
/// </summary>
public sealed partial class JobsEngine : IDisposable
{
    private const int DefaultRetentionDays = 90;

    private readonly TimeProvider _clock;
    private readonly JobsMemory _memory;
    private readonly JobsFeed _feed = new();
    private readonly StoreThread _thread;
    private readonly JobsMeter? _meter;
    private Check _check;
    private RequestRates? _rates;
    private bool _disposed;

    /// <param name="store">Owned by the engine from now on, and disposed with it.</param>
    /// <param name="listen">Called before the engine begins to work off what is due, for who must not miss an event of that.</param>
    public JobsEngine(
        IJobsStore store, TimeProvider clock, JobsSettings? settings = null, JobsServices? services = null, Action<JobsEngine>? listen = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        Services = (services ?? JobsServices.None) with { Clock = clock as VirtualClock };
        Settings = settings ?? new();
        _check = new(Settings);
        _rates = RatesOf(Settings);
        var contents = Load(store);
        if (contents.Clock is { } state)
        {
            Services.Clock?.Become(state);
        }
        _memory = new(contents, Settings);
        _meter = Services.Meters is { } meters ? new(meters, _memory, _feed, clock) : null;
        _thread = new(this, store, clock, _memory, _feed, _meter);
        Broker = new(As(Caller.System), _memory.Connectivity);
        listen?.Invoke(this);
        _thread.Start();
    }

    public JobsSettings Settings { get; private set; }

    /// <summary>Days for which ended jobs are kept: as the settings say, else as the database was told before, else 90.</summary>
    public int RetentionDays => RetentionDaysOf(Settings, _memory);

    /// <summary>Why the engine no longer works; null while it does.</summary>
    public Exception? Failure => _thread.Failure;

    /// <summary>All access keys by id, as of the last commit.</summary>
    public IReadOnlyDictionary<string, AccessKey> AccessKeys => _memory.AccessKeys.ById;

    /// <summary>Grows with every change that may take a device's credential from it: what was found before may be kept until then.</summary>
    public long CredentialsVersion => _memory.CredentialsVersion;

    /// <summary>What the broker of this installation keeps.</summary>
    public BrokerState Broker { get; }

    /// <summary>The time by which its jobs go, in whole milliseconds.</summary>
    public DateTimeOffset Time => Now();

    /// <summary>Whether that time is of a clock which operators move.</summary>
    public bool HasVirtualClock => Services.Clock is not null;

    internal JobsServices Services { get; }

    /// <summary>Changes settings from the next operation on.</summary>
    public void Configure(JobsSettings settings)
    {
        _check = new(settings);
        _rates = RatesOf(settings);
        Settings = settings;
        _thread.Wake();
    }

    /// <summary>The door for one caller.</summary>
    public IJobs As(Caller caller) => new Door(this, caller);

    /// <summary>The certificate or token of a thing, whether or not it is still good; null where there is none.</summary>
    public async Task<ThingCredential?> FindThingCredentialAsync(
        string thingName, string credentialId, CancellationToken cancellationToken = default) =>
        (await ExecuteAsync(new FindThingCredential(thingName, credentialId), Caller.System, cancellationToken).ConfigureAwait(false)).Credential;

    /// <summary>Keeps an administrator's access key which the installation gives; it takes the place of the one given before.</summary>
    public Task KeepAccessKeyAsync(IssuedAccessKey given, string userName, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new KeepAccessKey(given, userName), Caller.System, cancellationToken);

    /// <summary>Records something for the audit that no operation does, such as a sign-in; durable when the task completes.</summary>
    public Task RecordActivityAsync(ActivityFact fact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return ExecuteAsync(new RecordActivity(fact), Caller.System, cancellationToken);
    }

    /// <summary>Committed events from now on.</summary>
    /// <param name="capacity">Batches which may wait before some are dropped.</param>
    public JobsSubscription Subscribe(int capacity = 256) => _feed.Subscribe(capacity);

    /// <summary>Completes when everything that is due at this moment has been done: timers, windows, sweeps.</summary>
    public Task PassTimeAsync(CancellationToken cancellationToken = default) => Settle(null, null, cancellationToken);

    /// <summary>
    /// Completes when a job has no background work left that is due now. After each slice <paramref name="progress"/> is told, on a thread
    /// of the pool.
    /// </summary>
    public Task SettleAsync(string jobId, IProgress<JobProgress>? progress, CancellationToken cancellationToken = default) =>
        Settle(jobId, progress, cancellationToken);

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        try
        {
            _thread.Stop();
        }
        finally
        {
            _feed.Close();
        }
    }

    internal static int RetentionDaysOf(JobsSettings settings, JobsMemory memory) => settings.RetentionDays ?? memory.RetentionDays ?? DefaultRetentionDays;

    /// <summary>Whole milliseconds, as everything that is stored (jobs-reference 0.2).</summary>
    internal DateTimeOffset Now()
    {
        var now = _clock.GetUtcNow();
        return new(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    /// <summary>What was used of the rates counts on where other settings change.</summary>
    private RequestRates? RatesOf(JobsSettings settings) => settings.RequestRates == RequestRatesProfile.Off ? null : _rates ?? new(_clock);

    /// <summary>A store that cannot be read is given back: whoever wanted the engine has nothing to dispose of.</summary>
    private static StoreContents Load(IJobsStore store)
    {
        try
        {
            return store.Load();
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private async Task<TResponse> ExecuteAsync<TResponse>(
        Operation<TResponse> operation, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var started = _meter is null ? 0 : _clock.GetTimestamp();
        using var span = OperationSpan.Start(operation, caller);
        try
        {
            var response = await PrepareAndRunAsync(operation, caller, cancellationToken).ConfigureAwait(false);
            _meter?.Operated(operation, started, null);
            return response;
        }
        catch (Exception failure)
        {
            if (span is not null)
            {
                OperationSpan.Fail(span, failure);
            }
            _meter?.Operated(operation, started, failure);
            throw;
        }
    }

    private async ValueTask<TResponse> PrepareAndRunAsync<TResponse>(
        Operation<TResponse> operation, Caller caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Permission.Demand(operation, caller);
        _rates?.Demand(operation, caller);
        operation.Validate(_check);
        operation = (Operation<TResponse>)await operation.PrepareAsync(this, cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await RunAsync(operation, caller, cancellationToken).ConfigureAwait(false);
            return await operation.FinishAsync(this, answer, cancellationToken).ConfigureAwait(false);
        }
        catch (JobsException refused) when (refused.InnerException is PresignException { UnpreparedRole: { } role })
        {
            // Only who is refused knows which role his document needs: nothing has changed, so he may try once more.
            await Services.ObjectStore.PrepareRoleAsync(role, cancellationToken).ConfigureAwait(false);
            return await RunAsync(operation, caller, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask<TResponse> RunAsync<TResponse>(Operation<TResponse> operation, Caller caller, CancellationToken cancellationToken)
    {
        if (operation.Access == OperationAccess.Reads && TryRunInMemory(operation, caller, out var response))
        {
            return new(response);
        }
        var turn = new Turn<TResponse>(operation, caller, cancellationToken);
        turn.WatchForCancellation();
        _thread.Enqueue(turn);
        return new(turn.Task);
    }

    private bool TryRunInMemory<TResponse>(Operation<TResponse> operation, Caller caller, out TResponse response)
    {
        var now = Now();
        if (!_thread.HasEnded && !IsBehind(now))
        {
            try
            {
                response = operation.Run(new(_memory, null, Settings, Services, caller, now));
                return true;
            }
            catch (Exception exception) when (exception is not JobsException)
            {
                // Memory does not hold it, or a commit was becoming visible just then: the store's thread answers.
            }
        }
        response = default!;
        return false;
    }

    /// <summary>Whether something is due which callers must find done.</summary>
    private bool IsBehind(DateTimeOffset now) =>
        _memory.FirstDeadline <= now || _memory.FirstChange <= now || _memory.FirstInactive + TimeSpan.FromDays(RetentionDays) <= now;

    private Task Settle(string? jobId, IProgress<JobProgress>? progress, CancellationToken cancellationToken)
    {
        var request = new SettleRequest(jobId, Now(), progress, cancellationToken);
        _thread.Enqueue(request);
        return request.Task;
    }

    private sealed class Door(JobsEngine engine, Caller caller) : IJobs
    {
        public Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken) =>
            engine.ExecuteAsync(operation, caller, cancellationToken);
    }
}
