using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine;

/// <summary>The connections of a transaction's things.</summary>
internal sealed partial class JobsTransaction
{
    /// <summary>The thing's connection; null where it is not connected.</summary>
    public ThingConnectivity? FindConnected(long thingSequence)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is not { } changes)
            {
                continue;
            }
            if (changes.Connectivity.TryGetValue(thingSequence, out var changed))
            {
                return changed is { Connected: true } ? changed : null;
            }
            if (changes.ConnectivityRuns.Values.Any(run => run.EndedAt is not null))
            {
                return null;
            }
        }
        return _memory.Connectivity.Find(thingSequence);
    }

    /// <summary>Since when a thing is connected or not; null where it never was.</summary>
    public ThingConnectivity? Connectivity(Thing thing)
    {
        if (FindConnected(thing.Sequence) is { } connected)
        {
            return connected;
        }
        return Store.FindConnectivity(thing.Sequence) is { } stored ? stored.After(_memory.Connectivity.FindRun(stored.Run)) : null;
    }

    public ConnectivityRun? FindCurrentRun()
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes?.ConnectivityRuns.Values.LastOrDefault() is { } changed)
            {
                return changed.EndedAt is null ? changed : null;
            }
        }
        return _memory.Connectivity.Current;
    }

    public void Save(ConnectivityRun run) => Changes.ConnectivityRuns[run.Sequence] = run;

    public void Save(Thing thing, ThingConnectivity connectivity)
    {
        Changes.Connectivity[thing.Sequence] = connectivity;
        Events.Add(new ThingConnectivityChanged(connectivity.Timestamp, thing.Name, connectivity));
    }

    private void ForgetConnectivity(Thing thing)
    {
        if (FindConnected(thing.Sequence) is not null)
        {
            Events.Add(new ThingConnectivityChanged(Now, thing.Name, null));
        }
        Changes.Connectivity[thing.Sequence] = null;
    }
}
