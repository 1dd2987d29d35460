using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Waiting;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>The right to use the jobs, wherever they are, held by one cmdlet until it ends.</summary>
internal abstract class Lease : IDisposable
{
    public abstract IJobs Jobs { get; }

    /// <summary>Others work there at the same time.</summary>
    public virtual bool IsShared => false;

    /// <summary>The place knows the toolkit's own operations; AWS IoT itself does not.</summary>
    public virtual bool HasToolkit => true;

    /// <summary>How many changes may be under way at one time: they are made in the order in which they are sent. 0: each waits for the one before.</summary>
    public virtual int Ahead => 0;

    /// <summary>All that was due when it was opened has been done; where a server keeps the time, always.</summary>
    public virtual bool HasCaughtUp => true;

    public virtual Task CatchUp => Task.CompletedTask;

    public virtual Task PassTime() => Task.CompletedTask;

    /// <summary>Completes when the work that was asked for has been done, as far as the place tells.</summary>
    /// <param name="jobId">Null for all work that is due.</param>
    public abstract Task Settle(string? jobId, IProgress<ExecutionCounts> progress, CancellationToken cancellationToken);

    /// <summary>Completes when a dynamic group has its members; in process the next call waits for that.</summary>
    public virtual Task SettleGroup(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells when jobs may have changed, from now on.</summary>
    /// <param name="executions">Whether changes of executions are wanted one by one, where they can be had.</param>
    public abstract JobChanges Watch(IEnumerable<string> jobIds, bool executions);

    /// <summary>How ARNs begin: up to and with the colon after the account.</summary>
    public abstract Task<string> ArnPrefix(CancellationToken cancellationToken);

    /// <summary>An error of the way to the jobs; null for one of the operation.</summary>
    public abstract ErrorRecord? Explain(Exception exception);

    public abstract void Dispose();
}
