
namespace IoTJobsToolkit.Engine.Blockages;

/// <summary>What the pending executions of a job on some things wait for; asked by the portal, not by callers.</summary>
internal sealed record ReadBlockages(string JobId, IReadOnlyList<string> ThingNames) : Operation<IReadOnlyDictionary<string, JobBlockage>>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override IReadOnlyDictionary<string, JobBlockage> Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        var blocking = new Blocking(tx, job, progress);
        return ThingNames
            .Select(tx.FindThing)
            .Select(thing => thing is null ? default : tx.Pending(thing).FirstOrDefault(pending => pending.JobSequence == job.Sequence))
            .Select(pending => pending is null ? null : blocking.Of(pending))
            .OfType<JobBlockage>()
            .ToDictionary(blockage => blockage.ThingName!, StringComparer.Ordinal);
    }
}
