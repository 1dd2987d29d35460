using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Waiting;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>The use of a database that this process has open.</summary>
internal sealed class DatabaseLease(OpenDatabase database, Action<OpenDatabase> giveBack) : Lease
{
    private OpenDatabase? _database = database;

    public override IJobs Jobs => Held.Jobs;

    /// <summary>As many as one commit of the engine takes.</summary>
    public override int Ahead => 256;

    public override bool HasCaughtUp => Held.HasCaughtUp;

    public override Task CatchUp => Held.CatchUp;

    private OpenDatabase Held => _database ?? throw new ObjectDisposedException(nameof(DatabaseLease));

    public override Task PassTime() => Held.PassTime();

    public override Task Settle(string? jobId, IProgress<ExecutionCounts> progress, CancellationToken cancellationToken) => jobId is null
        ? Held.Engine.PassTimeAsync(cancellationToken)
        : Held.Engine.SettleAsync(jobId, new Counts(progress), cancellationToken);

    public override JobChanges Watch(IEnumerable<string> jobIds, bool executions) =>
        new FeedChanges(executions ? Held.Engine.Subscribe(capacity: 2048) : Held.Engine.Subscribe(), jobIds, executions);

    public override Task<string> ArnPrefix(CancellationToken cancellationToken) => Task.FromResult(Arns.Prefix(Held.Engine.Settings));

    public override ErrorRecord? Explain(Exception exception) => null;

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _database, null) is { } held)
        {
            giveBack(held);
        }
    }

    private sealed class Counts(IProgress<ExecutionCounts> progress) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => progress.Report(value.Counts);
    }
}
