using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>
/// A way through the executions of a job whose maintenance window opened or closed, past every thing that has one QUEUED. Several openings and
/// closings before it began are one way.
/// </summary>
internal sealed class WindowWalk(long jobSequence)
{
    private readonly List<(long Sequence, bool WasOpen)> _changes = [];

    public long JobSequence => jobSequence;

    public bool HasBegun { get; private set; }

    /// <summary>The last execution that was passed; null before the first.</summary>
    public ExecutionKey? After { get; private set; }

    /// <param name="sequence">Executions made since do not remember the time before.</param>
    public void Add(long sequence, bool wasOpen) => _changes.Add((sequence, wasOpen));

    public void PassTo(ExecutionKey? last)
    {
        HasBegun = true;
        After = last ?? After;
    }

    /// <summary>Whether the window was open when the execution's thing was told last; null where this way has nothing to tell it.</summary>
    public bool? WasOpen(JobExecution execution)
    {
        if (After is { } after && execution.Key <= after)
        {
            return null;
        }
        foreach (var (sequence, wasOpen) in _changes)
        {
            if (execution.Sequence < sequence)
            {
                return wasOpen;
            }
        }
        return null;
    }
}
