using System.Runtime.InteropServices;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>
/// What things know of their pending executions where that is not what they may see now: a cancel, a deletion or a purge hides all of a job's at
/// once and is told as its sweep reaches them; a maintenance window or a pause shows or hides all at once and is told by a walk. For the store's thread.
/// Nothing of it is stored: what a crash leaves untold, a device sees when it connects and asks.
/// </summary>
internal sealed class ToldPending
{
    private readonly Dictionary<long, List<WindowWalk>> _walks = [];
    private readonly Queue<WindowWalk> _turns = [];

    /// <summary>By job and execution, where another change had the thing told before sweep or walk came by: whether it saw the execution then.</summary>
    private readonly Dictionary<long, Dictionary<long, bool>> _toldEarly = [];

    public bool HasWalks => _turns.Count > 0;

    /// <summary>Whether the thing's devices believe that they see the execution.</summary>
    public bool WasShown(JobProgress progress, JobExecution execution) =>
        _toldEarly.Count > 0 && _toldEarly.TryGetValue(execution.JobSequence, out var told) && told.TryGetValue(execution.Sequence, out var shown)
            ? shown
            : IsKnown(progress, execution);

    /// <summary>Begins a walk for each job whose windows opened or closed, or which was paused or resumed, with these changes, and forgets what nobody needs any more.</summary>
    public void Follow(JobsMemory memory, Dictionary<long, Change<JobProgress>> changes)
    {
        foreach (var (sequence, (before, after)) in changes)
        {
            if (before is { Counts.Queued: > 0 } && after is not null && before.HandsOut != after.HandsOut)
            {
                Walk(sequence).Add(memory.NextSequence, before.HandsOut);
            }
        }
        foreach (var sequence in _toldEarly.Keys)
        {
            if (!_walks.ContainsKey(sequence) && memory.FindJob(sequence)?.Progress.Sweep is null)
            {
                _toldEarly.Remove(sequence);
            }
        }
    }

    /// <summary>The thing was told of its pending executions as they are.</summary>
    public void Tell(JobProgress progress, JobExecution execution, bool isShown)
    {
        if (IsKnown(progress, execution) != isShown)
        {
            ref var told = ref CollectionsMarshal.GetValueRefOrAddDefault(_toldEarly, execution.JobSequence, out _);
            (told ??= [])[execution.Sequence] = isShown;
        }
        else if (_toldEarly.Count > 0)
        {
            Forget(execution);
        }
    }

    /// <summary>The walk whose turn it is.</summary>
    public WindowWalk Next() => _turns.Peek();

    /// <summary>A walk passed some executions; walks take turns, those of one job one after the other.</summary>
    public void Pass(WindowWalk walk, IReadOnlyList<JobExecution> passed, bool isDone)
    {
        walk.PassTo(passed.Count > 0 ? passed[^1].Key : null);
        if (_toldEarly.ContainsKey(walk.JobSequence))
        {
            foreach (var execution in passed)
            {
                Forget(execution);
            }
        }
        _turns.Dequeue();
        if (!isDone)
        {
            _turns.Enqueue(walk);
            return;
        }
        var walks = _walks[walk.JobSequence];
        walks.Remove(walk);
        if (walks.Count > 0)
        {
            _turns.Enqueue(walks[0]);
        }
        else
        {
            _walks.Remove(walk.JobSequence);
        }
    }

    /// <summary>A pending execution is known until its thing is told of its end, but for a QUEUED one while its window was closed or its job paused.</summary>
    private bool IsKnown(JobProgress progress, JobExecution execution)
    {
        if (execution.Status != JobExecutionStatus.QUEUED)
        {
            return true;
        }
        foreach (var walk in _walks.Count > 0 ? _walks.GetValueOrDefault(execution.JobSequence) ?? [] : [])
        {
            if (walk.WasOpen(execution) is { } wasOpen)
            {
                return wasOpen;
            }
        }
        return progress.HandsOut;
    }

    private WindowWalk Walk(long jobSequence)
    {
        ref var walks = ref CollectionsMarshal.GetValueRefOrAddDefault(_walks, jobSequence, out _);
        walks ??= [];
        if (walks.Count == 0 || walks[^1].HasBegun)
        {
            walks.Add(new(jobSequence));
            if (walks.Count == 1)
            {
                _turns.Enqueue(walks[0]);
            }
        }
        return walks[^1];
    }

    private void Forget(JobExecution execution)
    {
        if (_toldEarly.TryGetValue(execution.JobSequence, out var told) && told.Remove(execution.Sequence) && told.Count == 0)
        {
            _toldEarly.Remove(execution.JobSequence);
        }
    }
}
