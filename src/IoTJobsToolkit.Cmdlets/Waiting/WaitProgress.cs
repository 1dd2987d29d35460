using System.Globalization;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>One bar for all jobs that are waited for: how much is done, how fast, and how long it still takes at that pace.</summary>
internal sealed class WaitProgress(JobGoal goal, Action<ProgressRecord> show) : IDisposable
{
    private readonly Dictionary<string, DescribeJobResponse> _jobs = [];
    private readonly HashSet<string> _done = [];
    private readonly Pace _pace = new(TimeProvider.System);
    private bool _isShown;

    private string Activity => _jobs.Count == 1 ? $"Waiting for job {_jobs.Keys.First()}" : $"Waiting for {_jobs.Count} jobs";

    public void See(DescribeJobResponse job) => _jobs[job.JobId] = job;

    public void End(string jobId) => _done.Add(jobId);

    public void Show()
    {
        var (done, of) = _jobs.Values.Select(goal.Measure).Aggregate((0L, 0L), (sum, part) => (sum.Item1 + part.Done, sum.Item2 + part.Of));
        var counts = _jobs.Values.Select(job => job.Counts).ToList();
        var isRollingOut = _jobs.Values.Any(job => job.IsRollingOut);
        _pace.See(done);
        _isShown = true;
        show(new(0, Activity, string.Join("; ", Texts(counts)))
        {
            CurrentOperation = $"until {goal}{(isRollingOut ? ", still rolling out" : "")}",
            PercentComplete = of == 0 ? -1 : (int)(100 * done / of),
            SecondsRemaining = of == 0 || isRollingOut ? -1 : _pace.SecondsFor(of - done),
        });
    }

    public void Dispose()
    {
        if (_isShown)
        {
            show(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private IEnumerable<string> Texts(List<ExecutionCounts> counts)
    {
        yield return _jobs.Count == 1 ? _jobs.Values.First().Status.ToString() : $"{_done.Count} of {_jobs.Count} jobs done";
        yield return string.Create(
            CultureInfo.InvariantCulture, $"{counts.Sum(count => count.Ended):N0} of {counts.Sum(count => count.Total):N0} executions ended, {counts.Sum(count => count.Failures):N0} failed");
        if (_pace.PerMinute is { } rate)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{rate:N0} a minute");
        }
    }
}
