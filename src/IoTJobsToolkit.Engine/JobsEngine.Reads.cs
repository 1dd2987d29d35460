using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine;

/// <summary>What readers in the same process, such as the portal, are told beyond the operations which callers have.</summary>
public sealed partial class JobsEngine
{
    /// <summary>Changes of a job, oldest first: who did what to it, and when.</summary>
    /// <param name="afterSequence">The <see cref="JobHistoryRecord.Sequence"/> of the last one known; 0 for the first page.</param>
    /// <param name="take">1..2000: a page is one turn of the store, which others wait for.</param>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<IReadOnlyList<JobHistoryRecord>> ReadJobHistoryAsync(
        string jobId, long afterSequence, int take, CancellationToken cancellationToken = default)
    {
        DemandPage(take);
        return ExecuteAsync(new ReadJobHistory(jobId, afterSequence, take), Caller.System, cancellationToken);
    }

    /// <summary>How far a job's rollout is.</summary>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<JobRollout> ReadJobRolloutAsync(string jobId, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReadJobRollout(jobId), Caller.System, cancellationToken);

    /// <summary>Names of the things of a group and of its descendants, ordinal.</summary>
    /// <param name="after">The last name of the page before; null for the first.</param>
    /// <param name="take">1..2000: a page is one turn of the store, which others wait for. A shorter page is the last.</param>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<IReadOnlyList<string>> ReadGroupThingsAsync(
        string thingGroupName, string? after, int take, CancellationToken cancellationToken = default)
    {
        DemandPage(take);
        return ExecuteAsync(new ReadGroupThings(thingGroupName, after, take), Caller.System, cancellationToken);
    }

    /// <summary>
    /// A job's document as a thing would get it now, for people to look at: what would let them in at the object store, such as the signature of a
    /// presigned URL, is left out.
    /// </summary>
    /// <exception cref="JobsException">
    /// <see cref="JobsError.ResourceNotFound"/>; <see cref="JobsError.ServiceUnavailable"/> where a URL cannot be signed, which is what the device is told.
    /// </exception>
    public Task<string> PreviewDocumentAsync(
        string jobId, string thingName, long executionNumber, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new PreviewDocument(jobId, thingName, executionNumber), Caller.System, cancellationToken);

    private static void DemandPage(int take)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, 2_000);
    }
}
