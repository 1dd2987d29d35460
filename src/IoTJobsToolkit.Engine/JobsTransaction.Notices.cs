using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine;

/// <summary>
/// What devices are to be told of a transaction (mqtt-api 6). Each operation counts by itself: that it is committed in a group with others does not
/// show. Only things that are heard, and only where an execution comes, starts or goes.
/// </summary>
internal sealed partial class JobsTransaction
{
    /// <summary>What the devices of a thing knew before this transaction touched its executions.</summary>
    private Dictionary<string, PendingView>? _known;

    /// <summary>What the operations that were taken over made different.</summary>
    private Dictionary<string, PendingDifference>? _differences;

    /// <summary>What became different for which thing, each operation by itself.</summary>
    /// <param name="committed">Sees what was committed.</param>
    public IReadOnlyDictionary<string, PendingDifference> Differences(JobsTransaction committed)
    {
        AddDifferences(this, committed);
        return _differences ?? (IReadOnlyDictionary<string, PendingDifference>)ImmutableDictionary<string, PendingDifference>.Empty;
    }

    /// <summary>What the devices of a thing know.</summary>
    public PendingView Known(string thingName) =>
        FindThing(thingName) is { } thing ? Known(Listed(thing)) : PendingView.Empty;

    /// <summary>What they would know if they asked now.</summary>
    public PendingView Seen(string thingName)
    {
        var view = new PendingView();
        foreach (var (execution, job) in Shown(thingName))
        {
            view.Add(execution, job.NamespaceId);
        }
        return view;
    }

    /// <summary>The pending executions which a thing may see as of the last change, with their jobs, in pending order; empty where there is no such thing.</summary>
    public IEnumerable<(JobExecution Execution, Job Job)> Shown(string thingName)
    {
        foreach (var (execution, job, isShown) in Listed(thingName))
        {
            if (isShown)
            {
                yield return (execution, job);
            }
        }
    }

    /// <summary>As <see cref="Shown"/>, with those which it may not see.</summary>
    public IEnumerable<(JobExecution Execution, Job Job, bool IsShown)> Listed(string thingName)
    {
        foreach (var execution in FindThing(thingName) is { } thing ? Listed(thing) : [])
        {
            if (FindJob(execution.JobSequence) is { } job)
            {
                // Not as of now: whatever time brings is a change of its own, and is told with that.
                yield return (execution, job, !Sweeping.IsHidden(job, Progress(job), execution, DateTimeOffset.MinValue));
            }
        }
    }

    /// <summary>Remembers what a heard thing's devices know before one of its executions comes, starts or goes.</summary>
    private void Watch(JobExecution? before, JobExecution? after)
    {
        if (before?.Status == after?.Status || _store is null || (before?.HasEnded ?? true) && (after?.HasEnded ?? true))
        {
            return;
        }
        var execution = (after ?? before)!;
        try
        {
            if (_known?.ContainsKey(execution.ThingName) != true && Services.Audience.IsHeard(execution.ThingName) &&
                FindThing(execution.ThingName) is { } thing && thing.Sequence == execution.ThingSequence)
            {
                (_known ??= new(StringComparer.Ordinal))[execution.ThingName] = Known(ListedBefore(thing));
            }
        }
        catch (Exception exception) when (exception is not StoreFailedException)
        {
            Services.OnFault(exception); // Whether somebody is told must not decide whether the change is made.
        }
    }

    private void AddDifferences(JobsTransaction operation, JobsTransaction afterwards)
    {
        foreach (var (thingName, known) in operation._known ?? [])
        {
            _differences ??= new(StringComparer.Ordinal);
            if (!_differences.TryGetValue(thingName, out var difference))
            {
                _differences[thingName] = difference = new();
            }
            difference.Add(known, afterwards.Seen(thingName));
        }
    }

    private PendingView Known(ImmutableArray<JobExecution> pending)
    {
        var view = new PendingView();
        foreach (var execution in pending)
        {
            if (FindJob(execution.JobSequence) is { } job && _memory.Told.WasShown(Progress(job), execution))
            {
                view.Add(execution, job.NamespaceId);
            }
        }
        return view;
    }

    /// <summary>As <see cref="Pending"/>, but no timer is worked off.</summary>
    private ImmutableArray<JobExecution> Listed(Thing thing) =>
        _pending.TryGetValue(thing.Sequence, out var pending) ? pending : WithOwnChanges(ListedBefore(thing), thing);

    /// <summary>Before this transaction's own changes, where they do not show yet: reports of progress, which make no difference here.</summary>
    private ImmutableArray<JobExecution> ListedBefore(Thing thing) =>
        _pending.TryGetValue(thing.Sequence, out var pending) ? pending : _group?.Listed(thing) ?? Committed(thing).Pending;
}
