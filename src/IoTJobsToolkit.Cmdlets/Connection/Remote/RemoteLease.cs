using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Waiting;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>The use of a server, or of AWS IoT itself: there time passes without us.</summary>
internal sealed class RemoteLease(OpenClient client, Action<OpenClient> giveBack) : Lease
{
    private OpenClient? _client = client;

    public override IJobs Jobs => Held.Jobs;

    public override bool IsShared => true;

    public override bool HasToolkit => !Held.Target.IsAws;

    private OpenClient Held => _client ?? throw new ObjectDisposedException(nameof(RemoteLease));

    public override Task Settle(string? jobId, IProgress<ExecutionCounts> progress, CancellationToken cancellationToken) =>
        Held.Target.IsAws ? Task.CompletedTask : Held.Work.Settle(jobId, progress, cancellationToken);

    public override Task SettleGroup(string name, CancellationToken cancellationToken) =>
        Held.Target.IsAws ? Task.CompletedTask : Held.Work.SettleGroup(name, cancellationToken);

    public override JobChanges Watch(IEnumerable<string> jobIds, bool executions) => new PolledChanges(jobIds);

    /// <summary>Region and account are the server's own: they stand in the ARN of anything it has.</summary>
    public override async Task<string> ArnPrefix(CancellationToken cancellationToken)
    {
        var held = Held;
        if (held.ArnPrefix is null &&
            (await FirstThing(held.Jobs, cancellationToken).ConfigureAwait(false)
            ?? await FirstGroup(held.Jobs, cancellationToken).ConfigureAwait(false)) is { } arn)
        {
            held.ArnPrefix = Arns.Prefix(arn);
        }
        // Where there is nothing yet, what is named is not there either: the server will say so.
        return held.ArnPrefix ?? Arns.Prefix(new JobsSettings { Region = held.Target.Region });
    }

    public override ErrorRecord? Explain(Exception exception) => RemoteRefusal.ToErrorRecord(exception, Held.Target);

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _client, null) is { } held)
        {
            giveBack(held);
        }
    }

    private static async Task<string?> FirstThing(IJobs jobs, CancellationToken cancellationToken)
    {
        var page = await jobs.ExecuteAsync(new ListThings { MaxResults = 1 }, cancellationToken).ConfigureAwait(false);
        return page.Things.Select(thing => thing.ThingArn).FirstOrDefault();
    }

    private static async Task<string?> FirstGroup(IJobs jobs, CancellationToken cancellationToken)
    {
        var page = await jobs.ExecuteAsync(new ListThingGroups { MaxResults = 1 }, cancellationToken).ConfigureAwait(false);
        return page.ThingGroups.Select(group => group.GroupArn).FirstOrDefault();
    }
}
