using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
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

    /// <summary>A job's executions whole, with what devices reported, by queuedAt, thing name and number: for whoever wants them all.</summary>
    /// <param name="after">The <see cref="JobExecutionPage.Next"/> of the page before; null for the first.</param>
    /// <param name="take">1..2000: a page is one turn of the store, which others wait for.</param>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<JobExecutionPage> ReadExecutionsAsync(
        string jobId, ExecutionKey? after, int take, CancellationToken cancellationToken = default)
    {
        DemandPage(take);
        return ExecuteAsync(new ReadJobExecutions(jobId, after, take), Caller.System, cancellationToken);
    }

    /// <summary>All that a thing still has to do, of every namespace, in the order in which it is handed out.</summary>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<IReadOnlyList<PendingPlace>> ReadPendingAsync(string thingName, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReadPending(thingName), Caller.System, cancellationToken);

    /// <summary>What the pending executions of a job on these things wait for, by thing name; things without one are left out.</summary>
    /// <param name="thingNames">At most 2000: a page is one turn of the store, which others wait for.</param>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<IReadOnlyDictionary<string, JobBlockage>> ReadBlockagesAsync(
        string jobId, IReadOnlyList<string> thingNames, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(thingNames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(thingNames.Count, 2_000);
        return ExecuteAsync(new ReadBlockages(jobId, thingNames), Caller.System, cancellationToken);
    }

    /// <summary>The groups below a group, or those which stand at the top, dynamic ones among them; by name.</summary>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<IReadOnlyList<GroupLine>> ReadGroupsAsync(string? parent, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReadGroups(parent), Caller.System, cancellationToken);

    /// <summary>What CreateJob would refuse a request for, part by part; nothing is created, and a document is not fetched.</summary>
    /// <param name="thingName">A thing for which the document is to be delivered; null for none.</param>
    public async Task<JobCheck> CheckJobAsync(CreateJob request, string? thingName = null, CancellationToken cancellationToken = default)
    {
        var check = await ExecuteAsync(new CheckJob(request, thingName), Caller.System, cancellationToken).ConfigureAwait(false);
        if (!check.Refusals.TryGetValue(JobPart.Document, out var refusal) || refusal.InnerException is not PresignException { UnpreparedRole: { } role })
        {
            return check;
        }
        await Services.ObjectStore.PrepareRoleAsync(role, cancellationToken).ConfigureAwait(false);
        return await ExecuteAsync(new CheckJob(request, thingName), Caller.System, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first names of things which begin with a text, in ordinal order.</summary>
    /// <param name="take">1..250.</param>
    public Task<IReadOnlyList<string>> ReadThingNamesAsync(string prefix, int take, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, 250);
        return ExecuteAsync(new ReadThingNames(prefix, take), Caller.System, cancellationToken);
    }

    /// <summary>All jobs with their counters and how far their work is, each as of the last commit: for whoever shows all that goes on.</summary>
    public IEnumerable<(Job Job, JobProgress Progress)> ReadJobs() =>
        _memory.Jobs.Where(entry => entry.Job.PurgedAt is null).Select(entry => (entry.Job, entry.Progress));

    /// <summary>The ids of all jobs that match, in the order asked for: from memory, on the thread that asks.</summary>
    public Task<IReadOnlyList<string>> ReadJobOrderAsync(JobsFilter filter, JobsOrder order, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReadJobOrder(filter, order), Caller.System, cancellationToken);

    /// <summary>The jobs of these ids which are there, in the order of the ids.</summary>
    public Task<IReadOnlyList<JobDetail>> ReadJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReadJobs(jobIds), Caller.System, cancellationToken);

    /// <summary>One execution with its history, those of the same job on the same thing, and what stands before it.</summary>
    /// <param name="number">The execution's number on its thing.</param>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<FoundExecution> FindExecutionAsync(string jobId, string thingName, long number, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new FindExecution(jobId, thingName, number), Caller.System, cancellationToken);

    private static void DemandPage(int take)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, 2_000);
    }
}
