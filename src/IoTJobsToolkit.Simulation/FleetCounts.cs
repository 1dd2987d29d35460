using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Simulation;

/// <summary>What a simulated fleet has done so far.</summary>
public sealed class FleetCounts
{
    private long _begun;
    private long _succeeded;
    private long _failed;
    private long _rejected;
    private long _silent;
    private long _refused;
    private long _disturbed;

    /// <summary>Executions handed out to a device.</summary>
    public long BegunExecutions => Volatile.Read(ref _begun);

    public long SucceededExecutions => Volatile.Read(ref _succeeded);

    public long FailedExecutions => Volatile.Read(ref _failed);

    public long RejectedExecutions => Volatile.Read(ref _rejected);

    public long SilentExecutions => Volatile.Read(ref _silent);

    /// <summary>Reports that were refused: stale ones, second ones after an end, and those of executions that somebody else ended.</summary>
    public long RefusedReports => Volatile.Read(ref _refused);

    /// <summary>Times that a device found the service not to be there, and tried again later.</summary>
    public long Disturbances => Volatile.Read(ref _disturbed);

    internal void Begun() => Interlocked.Increment(ref _begun);

    internal void FellSilent() => Interlocked.Increment(ref _silent);

    internal void Refused() => Interlocked.Increment(ref _refused);

    internal void Disturbed() => Interlocked.Increment(ref _disturbed);

    internal void Ended(JobExecutionStatus status)
    {
        ref var count = ref status == JobExecutionStatus.SUCCEEDED ? ref _succeeded : ref status == JobExecutionStatus.FAILED ? ref _failed : ref _rejected;
        Interlocked.Increment(ref count);
    }
}
