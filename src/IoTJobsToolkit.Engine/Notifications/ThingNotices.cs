using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>Tells things of changes of what they have to do (mqtt-api 6), on the store's thread.</summary>
internal sealed class ThingNotices(JobsEngine engine, IJobsStore store, JobsMemory memory)
{
    private readonly RolesAhead _roles = new(engine.Services);

    /// <summary>A maintenance window opened or closed, and not every thing has been told.</summary>
    public bool IsBusy => memory.Told.HasWalks;

    private bool IsAnybodyThere => engine.Services.Audience is not NoAudience;

    /// <summary>
    /// What a commit has to tell. To be called when memory has taken over the changes of <paramref name="group"/> and none after them; what it
    /// shows is the state after the commit, also where several operations on one thing were committed together.
    /// </summary>
    public IReadOnlyList<JobsEvent> After(JobsTransaction group)
    {
        if (!IsAnybodyThere || !group.HasChanges)
        {
            return [];
        }
        try
        {
            memory.Told.Follow(memory, group.Changes.Progress);
            var committed = Transaction();
            return Notices(committed, group.Differences(committed));
        }
        catch (Exception exception) when (exception is not StoreFailedException)
        {
            engine.Services.OnFault(exception);
            return [];
        }
    }

    /// <summary>Looks at up to <paramref name="size"/> executions of a job whose window opened or closed.</summary>
    public IReadOnlyList<JobsEvent> WalkOn(int size)
    {
        var walk = memory.Told.Next();
        var executions = memory.FindJob(walk.JobSequence) is null ? [] : store.ReadExecutions(walk.JobSequence, walk.After, size);
        var committed = Transaction();
        var differences = new Dictionary<string, PendingDifference>(StringComparer.Ordinal);
        foreach (var execution in executions)
        {
            if (execution.Status == JobExecutionStatus.QUEUED && walk.WasOpen(execution) is not null &&
                engine.Services.Audience.IsHeard(execution.ThingName))
            {
                differences[execution.ThingName] = new();
            }
        }
        foreach (var (thingName, difference) in differences)
        {
            Compare(committed, thingName, difference);
        }
        memory.Told.Pass(walk, executions, isDone: executions.Count < size);
        return Notices(committed, differences);
    }

    private List<JobsEvent> Notices(JobsTransaction committed, IReadOnlyDictionary<string, PendingDifference> differences)
    {
        var notices = new List<JobsEvent>();
        foreach (var (thingName, difference) in differences)
        {
            // What another operation of the same commit hid shows in the message: then it is told by it.
            Compare(committed, thingName, difference);
            foreach (var (namespaceId, ofSet, ofNext) in difference.Namespaces)
            {
                notices.Add(Notice(committed, thingName, namespaceId, ofSet, ofNext));
            }
            if (difference.Namespaces.Count > 0)
            {
                foreach (var (execution, job, isShown) in committed.Listed(thingName))
                {
                    memory.Told.Tell(committed.Progress(job), execution, isShown);
                }
            }
        }
        return notices;
    }

    private static void Compare(JobsTransaction committed, string thingName, PendingDifference difference) =>
        difference.Add(committed.Known(thingName), committed.Seen(thingName));

    private PendingChanged Notice(JobsTransaction committed, string thingName, string? namespaceId, bool ofSet, bool ofNext)
    {
        var shown = committed.Shown(thingName).Where(pending => pending.Job.NamespaceId == namespaceId).ToList();
        return new(committed.Now, thingName, namespaceId)
        {
            Pending = ofSet ? GetPendingJobExecutionsResponse.Of(shown) : null,
            IsNextChanged = ofNext,
            Next = ofNext && shown is [var (execution, job), ..] ? DeviceJobExecution.Of(execution, committed.Now, Document(committed, job, execution)) : null,
        };
    }

    /// <summary>Without the document the thing still learns which execution is next, and asks for it: then it is told what is wrong.</summary>
    private string? Document(JobsTransaction committed, Job job, JobExecution execution)
    {
        try
        {
            return DocumentDelivery.Deliver(committed, job, execution);
        }
        catch (JobsException refusal) when (refusal.InnerException is PresignException { UnpreparedRole: { } role })
        {
            _roles.Prepare(role);
            return null;
        }
        catch (Exception exception) when (exception is not StoreFailedException)
        {
            engine.Services.OnFault(exception);
            return null;
        }
    }

    private JobsTransaction Transaction() => new(memory, store, engine.Settings, engine.Services, Caller.System, engine.Now());
}
