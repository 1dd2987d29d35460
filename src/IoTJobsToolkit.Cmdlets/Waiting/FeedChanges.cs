using System.Diagnostics;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>The engine of this process, which tells of each commit.</summary>
/// <param name="executions">Whether executions are to be told one by one.</param>
internal sealed class FeedChanges(JobsSubscription subscription, IEnumerable<string> jobIds, bool executions) : JobChanges
{
    /// <summary>However fast a job moves: more often nobody needs to look.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.1);

    /// <summary>What is waited for may hang on more than the job, such as the time of day.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _jobs = [.. jobIds];
    private readonly Stopwatch _sinceLast = new();
    private readonly Stopwatch _sinceAll = Stopwatch.StartNew();
    private readonly ExecutionFeed? _executions = executions ? new() : null;
    private Task<bool>? _more;
    private bool _hasEnded;

    public override ExecutionFeed? Executions => _executions;

    public override IReadOnlyCollection<string> Next(TimeSpan patience, CancellationToken stop)
    {
        if (_sinceLast.IsRunning && ShortestPause - _sinceLast.Elapsed is var early && early > TimeSpan.Zero)
        {
            stop.WaitHandle.WaitOne(early);
        }
        stop.ThrowIfCancellationRequested();
        var time = Stopwatch.StartNew();
        HashSet<string> heard = [];
        while (!Take(heard) && time.Elapsed < patience)
        {
            _more ??= subscription.Batches.WaitToReadAsync(CancellationToken.None).AsTask();
            if (_more.Wait(Max(patience - time.Elapsed), stop))
            {
                _hasEnded = !_more.Result;
                _more = null;
            }
        }
        if (_sinceAll.Elapsed >= LongestPause)
        {
            heard.UnionWith(_jobs);
            _sinceAll.Restart();
        }
        _sinceLast.Restart();
        return heard;
    }

    public override void Forget(string jobId) => _jobs.Remove(jobId);

    public override void Dispose() => subscription.Dispose();

    /// <summary>True where there is something to look at.</summary>
    private bool Take(HashSet<string> heard)
    {
        while (subscription.Batches.TryRead(out var batch))
        {
            if (batch.Missed)
            {
                _executions?.Miss();
                heard.UnionWith(_jobs);
            }
            foreach (var happened in batch.Events)
            {
                Take(happened, heard);
            }
        }
        if (_hasEnded)
        {
            heard.UnionWith(_jobs); // Whoever looks is told why.
        }
        return heard.Count > 0;
    }

    private void Take(JobsEvent happened, HashSet<string> heard)
    {
        switch (happened)
        {
            case JobChanged changed when _jobs.Contains(changed.JobId):
                heard.Add(changed.JobId);
                _executions?.Take(changed);
                break;
            case ExecutionChanged changed when _executions is not null && _jobs.Contains(changed.Execution.JobId):
                heard.Add(changed.Execution.JobId);
                _executions?.Take(changed);
                break;
        }
    }

    private static TimeSpan Max(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
