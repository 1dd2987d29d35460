using System.Collections.Concurrent;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// The things which are connected, and the runs of the server, as of the last commit. What is not here is not connected; since when says the
/// store. Any thread reads; only the store's thread writes.
/// </summary>
internal sealed class ConnectivityMemory
{
    private readonly ConcurrentDictionary<long, ThingConnectivity> _connected = [];
    private readonly ConcurrentDictionary<long, ConnectivityRun> _runs = [];

    public ConnectivityMemory(IEnumerable<ConnectivityRun> runs)
    {
        foreach (var run in runs)
        {
            _runs[run.Sequence] = run;
            LeftOpen = run.EndedAt is null ? run : LeftOpen;
        }
    }

    /// <summary>A run which ended without a word before this engine began; null once its end is kept.</summary>
    public ConnectivityRun? LeftOpen { get; private set; }

    /// <summary>The run which this engine began; null before the first thing connects. For the store's thread.</summary>
    public ConnectivityRun? Current { get; private set; }

    public int Count => _connected.Count;

    /// <summary>Null where the thing is not connected.</summary>
    public ThingConnectivity? Find(long thingSequence) => _connected.GetValueOrDefault(thingSequence);

    public ConnectivityRun? FindRun(long sequence) => _runs.GetValueOrDefault(sequence);

    public void Publish(JobsChanges changes)
    {
        foreach (var run in changes.ConnectivityRuns.Values)
        {
            Publish(run);
        }
        foreach (var (thing, connectivity) in changes.Connectivity)
        {
            if (connectivity is { Connected: true })
            {
                _connected[thing] = connectivity;
            }
            else
            {
                _connected.TryRemove(thing, out _);
            }
        }
    }

    private void Publish(ConnectivityRun run)
    {
        _runs[run.Sequence] = run;
        if (run.EndedAt is null)
        {
            Current = run;
            return;
        }
        LeftOpen = LeftOpen?.Sequence == run.Sequence ? null : LeftOpen;
        if (Current?.Sequence == run.Sequence)
        {
            Current = null;
            _connected.Clear();
        }
    }
}
