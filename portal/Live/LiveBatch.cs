using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>A commit's events, sorted once for all pages.</summary>
/// <remarks>
/// A job's counters move far more often than its place in the list, which follows from its status; <c>statuses</c> holds those seen
/// last, so that the two can be told apart.
/// </remarks>
internal sealed class LiveBatch
{
    private readonly Dictionary<string, List<ExecutionChanged>> _ofJobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ExecutionChanged>> _ofThings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _jobs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _movedJobs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _things = new(StringComparer.Ordinal);

    public LiveBatch(JobsEventBatch batch, Dictionary<string, JobStatus> statuses, bool withThings)
    {
        Missed = batch.Missed;
        foreach (var happened in batch.Events)
        {
            switch (happened)
            {
                case JobChanged job:
                    _jobs.Add(job.JobId);
                    if (HasMoved(job, statuses))
                    {
                        _movedJobs.Add(job.JobId);
                    }
                    break;
                case ExecutionChanged execution:
                    _jobs.Add(execution.Execution.JobId);
                    List(_ofJobs, execution.Execution.JobId).Add(execution);
                    if (withThings)
                    {
                        List(_ofThings, execution.Execution.ThingName).Add(execution);
                    }
                    break;
                case ActivityRecorded:
                    HasActivity = true;
                    break;
                case NotificationsChanged:
                    HasNotifications = true;
                    break;
                case ThingConnectivityChanged thing:
                    ThingsMoved = true;
                    _things.Add(thing.ThingName);
                    break;
                case CredentialsTaken taken:
                    _things.UnionWith(withThings ? taken.ThingNames : []);
                    break;
                case RegistryChanged registry:
                    ThingsMoved |= registry.ThingNames.Count > 0;
                    GroupsMoved |= registry.GroupNames.Count > 0;
                    _things.UnionWith(withThings ? registry.ThingNames : []);
                    break;
            }
        }
    }

    /// <summary>Operators changed something.</summary>
    public bool HasActivity { get; }

    /// <summary>Notification rules or deliveries changed.</summary>
    public bool HasNotifications { get; }

    public bool Missed { get; }

    public IReadOnlySet<string> Jobs => _jobs;

    public IReadOnlySet<string> MovedJobs => _movedJobs;

    /// <summary>Things which connected, disconnected, came, went, changed, or lost a credential.</summary>
    public IReadOnlySet<string> Things => _things;

    public bool ThingsMoved { get; private set; }

    public bool GroupsMoved { get; private set; }

    public IReadOnlyCollection<ExecutionChanged> ExecutionsOfJob(string jobId) =>
        _ofJobs.TryGetValue(jobId, out var changes) ? changes : [];

    public IReadOnlyCollection<ExecutionChanged> ExecutionsOfThing(string thingName) =>
        _ofThings.TryGetValue(thingName, out var changes) ? changes : [];

    private static bool HasMoved(JobChanged change, Dictionary<string, JobStatus> statuses)
    {
        if (change.Job is not { } job)
        {
            statuses.Remove(change.JobId);
            return true;
        }
        var isSame = statuses.TryGetValue(job.JobId, out var before) && before == job.Status;
        statuses[job.JobId] = job.Status;
        return !isSame;
    }

    private static List<ExecutionChanged> List(Dictionary<string, List<ExecutionChanged>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }
        return list;
    }
}
