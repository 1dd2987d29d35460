using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>A place in the list; the job there may be gone.</summary>
public readonly record struct JobPlace(int Index, string JobId);

/// <summary>
/// The jobs of a list: the ids of all in their order, which is read again now and then, and what rows show of those in view, which follows
/// every change. For one page's thread.
/// </summary>
internal sealed class JobRows(JobsEngine engine, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, JobDetail> _inView = new(StringComparer.Ordinal);
    private int _readings;

    /// <summary>Null before the first reading.</summary>
    public IReadOnlyList<string>? Order { get; private set; }

    /// <summary>When the order may be read again: once a second, and for no more than a tenth of the time.</summary>
    public DateTimeOffset ReadAgainAt { get; private set; }

    public async Task ReadOrderAsync(JobsFilter filter, JobsOrder order, CancellationToken cancellationToken)
    {
        var (began, reading) = (clock.GetTimestamp(), ++_readings);
        try
        {
            var read = await engine.ReadJobOrderAsync(filter, order, cancellationToken);
            if (reading == _readings) // Otherwise something else is wanted by now.
            {
                Order = read;
            }
        }
        finally
        {
            var slow = 10 * clock.GetElapsedTime(began);
            ReadAgainAt = clock.GetUtcNow() + (slow > Pace ? slow : Pace);
        }
    }

    /// <summary>The places in view, whose jobs are kept from now on; those of other places are not.</summary>
    public async Task<IReadOnlyList<JobPlace>> ShowAsync(int start, int count, CancellationToken cancellationToken)
    {
        var order = Order ?? [];
        start = Math.Min(start, order.Count);
        var places = Enumerable.Range(start, Math.Min(count, order.Count - start)).Select(index => new JobPlace(index, order[index])).ToList();
        var wanted = places.Select(place => place.JobId).ToHashSet(StringComparer.Ordinal);
        foreach (var jobId in _inView.Keys.Where(jobId => !wanted.Contains(jobId)).ToList())
        {
            _inView.Remove(jobId);
        }
        await ReadAsync([.. wanted.Where(jobId => !_inView.ContainsKey(jobId))], cancellationToken);
        return places;
    }

    /// <summary>Brings what is in view up to date.</summary>
    /// <param name="changed">Null for all.</param>
    public Task FollowAsync(IReadOnlySet<string>? changed, CancellationToken cancellationToken) =>
        ReadAsync([.. _inView.Keys.Where(jobId => changed?.Contains(jobId) != false)], cancellationToken);

    /// <summary>Null where it is gone.</summary>
    public JobDetail? Find(string jobId) => _inView.GetValueOrDefault(jobId);

    private async Task ReadAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken)
    {
        if (jobIds.Count == 0)
        {
            return;
        }
        var there = await engine.ReadJobsAsync(jobIds, cancellationToken);
        foreach (var jobId in jobIds)
        {
            _inView.Remove(jobId);
        }
        foreach (var job in there)
        {
            _inView[job.JobId] = job;
        }
    }
}
