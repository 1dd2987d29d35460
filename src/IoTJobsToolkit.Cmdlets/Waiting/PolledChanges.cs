using System.Diagnostics;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>A server that is asked: twice a second about a job that moves, ever less about one that does not.</summary>
internal sealed class PolledChanges : JobChanges
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly Dictionary<string, (TimeSpan DueAt, TimeSpan Pause)> _jobs = [];

    public PolledChanges(IEnumerable<string> jobIds)
    {
        foreach (var id in jobIds)
        {
            _jobs[id] = (FirstPause, FirstPause);
        }
    }

    public override IReadOnlyCollection<string> Next(TimeSpan patience, CancellationToken stop)
    {
        var wait = _jobs.Count == 0 ? patience : _jobs.Values.Min(job => job.DueAt) - _time.Elapsed;
        if (wait > TimeSpan.Zero)
        {
            var pause = wait < patience ? wait : patience;
            stop.WaitHandle.WaitOne(pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
        }
        stop.ThrowIfCancellationRequested();
        var now = _time.Elapsed;
        return [.. _jobs.Where(job => job.Value.DueAt <= now).Select(job => job.Key)];
    }

    public override void Saw(string jobId, bool hasChanged)
    {
        if (_jobs.TryGetValue(jobId, out var job))
        {
            var pause = hasChanged ? FirstPause : job.Pause * 2 < LongestPause ? job.Pause * 2 : LongestPause;
            _jobs[jobId] = (_time.Elapsed + pause, pause);
        }
    }

    public override void Forget(string jobId) => _jobs.Remove(jobId);

    public override void Dispose()
    {
    }
}
