using System.Collections;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>What comes down a pipeline for each job, in the order of the jobs: one operation, as first said, for all of its targets.</summary>
internal sealed class GatheredTargets<TOperation> : IEnumerable<(string JobId, TOperation Operation, IReadOnlyList<string> Targets)>
{
    private readonly OrderedDictionary<string, (TOperation Operation, List<string> Targets)> _jobs = new(StringComparer.Ordinal);

    public int Count => _jobs.Count;

    /// <param name="operation">Asked for once for each job.</param>
    public void Add(string jobId, IEnumerable<string> targets, Func<TOperation> operation)
    {
        if (!_jobs.TryGetValue(jobId, out var job))
        {
            _jobs[jobId] = job = (operation(), []);
        }
        job.Targets.AddRange(targets);
    }

    public IEnumerator<(string JobId, TOperation Operation, IReadOnlyList<string> Targets)> GetEnumerator() =>
        _jobs.Select(job => (job.Key, job.Value.Operation, (IReadOnlyList<string>)job.Value.Targets)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
