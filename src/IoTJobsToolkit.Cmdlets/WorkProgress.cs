using System.Diagnostics;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Turns what the engine or a server reports on another thread into a progress bar on the pipeline's, a few times a second.</summary>
internal sealed class WorkProgress(string activity, Func<ExecutionCounts, long>? left = null) : IProgress<ExecutionCounts>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private volatile object? _latest;
    private long _most;
    private Action<ProgressRecord>? _shown;

    public void Report(ExecutionCounts value) => _latest = value;

    /// <returns>False when the work is not done within <paramref name="patience"/>.</returns>
    public bool WaitFor(Task work, TimeSpan? patience, Action<ProgressRecord> show, CancellationToken stop)
    {
        while (true)
        {
            var wait = patience is { } limit && limit - _time.Elapsed < Interval ? limit - _time.Elapsed : Interval;
            if (Task.WaitAny([work], (int)Math.Max(0, wait.TotalMilliseconds), stop) == 0)
            {
                work.GetAwaiter().GetResult();
                return true;
            }
            if (patience <= _time.Elapsed)
            {
                return false;
            }
            _shown = show;
            show(Record());
        }
    }

    public void Dispose() => _shown?.Invoke(new(0, activity, "Done") { RecordType = ProgressRecordType.Completed });

    private ProgressRecord Record()
    {
        if (_latest is not ExecutionCounts latest)
        {
            return new(0, activity, "Working");
        }
        if (left is null)
        {
            return new(0, activity, $"{latest.Total} executions so far");
        }
        var now = left(latest);
        _most = Math.Max(_most, now);
        var done = _most - now;
        return new(0, activity, $"{now} executions left")
        {
            PercentComplete = _most == 0 ? 100 : (int)(100 * done / _most),
            SecondsRemaining = done == 0 ? -1 : (int)(_time.Elapsed.TotalSeconds * now / done),
        };
    }
}
