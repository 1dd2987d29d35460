using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>What has changed for a page since its last paint: what to read again, never the figures themselves.</summary>
public sealed class LiveChanges
{
    /// <summary>Executions kept one by one; beyond them a page reads its rows again.</summary>
    private const int MostExecutions = 500;

    private readonly HashSet<string> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string JobId, string ThingName, long Number), JobExecution?> _executions = [];

    /// <summary>Nothing is known about what changed: read everything afresh.</summary>
    public bool Missed { get; private set; }

    /// <summary>Jobs came, went, or changed status.</summary>
    public bool JobsMoved { get; private set; }

    /// <summary>Operators changed something; told to pages of the activity only.</summary>
    public bool Activity { get; private set; }

    /// <summary>Notification rules or deliveries changed; told to pages of these only.</summary>
    public bool Notifications { get; private set; }

    /// <summary>More executions changed than are kept: read the visible rows again.</summary>
    public bool ManyExecutions { get; private set; }

    /// <summary>Things came, went, connected, disconnected, moved or changed; on the page of one thing, that one.</summary>
    public bool ThingsMoved { get; private set; }

    /// <summary>Groups came, went, or changed.</summary>
    public bool GroupsMoved { get; private set; }

    /// <summary>Jobs which changed, or whose counters did.</summary>
    public IReadOnlySet<string> Jobs => _jobs;

    /// <summary>The executions which changed, as they are now; null when deleted.</summary>
    public IReadOnlyDictionary<(string JobId, string ThingName, long Number), JobExecution?> Executions => _executions;

    /// <summary>Whether anything but the time of day changed.</summary>
    public bool Any => Missed || JobsMoved || ManyExecutions || ThingsMoved || GroupsMoved || Activity || Notifications || _jobs.Count > 0;

    public static LiveChanges Everything() => new() { Missed = true };

    internal void Add(LiveBatch batch, LiveScope scope)
    {
        Missed |= batch.Missed;
        if (scope.IsActivity)
        {
            Activity |= batch.HasActivity;
        }
        else if (scope.IsNotifications)
        {
            Notifications |= batch.HasNotifications;
        }
        else if (scope.Registry)
        {
            ThingsMoved |= batch.ThingsMoved;
            GroupsMoved |= batch.GroupsMoved;
        }
        else if (scope.ThingName is { } thing)
        {
            ThingsMoved |= batch.Things.Contains(thing);
            Keep(batch.ExecutionsOfThing(thing));
        }
        else if (scope.JobId is { } jobId)
        {
            JobsMoved |= batch.MovedJobs.Contains(jobId);
            if (batch.Jobs.Contains(jobId))
            {
                _jobs.Add(jobId);
                Keep(batch.ExecutionsOfJob(jobId));
            }
        }
        else
        {
            JobsMoved |= batch.MovedJobs.Count > 0;
            _jobs.UnionWith(batch.Jobs);
        }
    }

    private void Keep(IReadOnlyCollection<ExecutionChanged> changes)
    {
        if (ManyExecutions || _executions.Count + changes.Count > MostExecutions)
        {
            ManyExecutions = true;
            _executions.Clear();
            return;
        }
        foreach (var change in changes)
        {
            var execution = change.Execution;
            _jobs.Add(execution.JobId);
            _executions[(execution.JobId, execution.ThingName, execution.Number)] = change.After;
        }
    }
}
