using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>A commit's events, sorted once for all pages.</summary>
internal sealed class LiveBatch
{
    private readonly Dictionary<string, List<ExecutionChanged>> _ofJobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ExecutionChanged>> _ofThings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _jobs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _movedJobs = new(StringComparer.Ordinal);

    public LiveBatch(JobsEventBatch batch, bool withThings)
    {
        Missed = batch.Missed;
        foreach (var happened in batch.Events)
        {
            switch (happened)
            {
                case JobChanged job:
                    _jobs.Add(job.JobId);
                    _movedJobs.Add(job.JobId);
                    break;
                case ExecutionChanged execution:
                    _jobs.Add(execution.Execution.JobId);
                    List(_ofJobs, execution.Execution.JobId).Add(execution);
                    if (withThings)
                    {
                        List(_ofThings, execution.Execution.ThingName).Add(execution);
                    }
                    break;
            }
        }
    }

    public bool Missed { get; }

    public IReadOnlySet<string> Jobs => _jobs;

    public IReadOnlySet<string> MovedJobs => _movedJobs;

    public IReadOnlyCollection<ExecutionChanged> ExecutionsOfJob(string jobId) =>
        _ofJobs.TryGetValue(jobId, out var changes) ? changes : [];

    public IReadOnlyCollection<ExecutionChanged> ExecutionsOfThing(string thingName) =>
        _ofThings.TryGetValue(thingName, out var changes) ? changes : [];

    private static List<ExecutionChanged> List(Dictionary<string, List<ExecutionChanged>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }
        return list;
    }
}
