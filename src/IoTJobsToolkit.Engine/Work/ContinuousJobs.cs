using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>Which CONTINUOUS jobs that have not ended target a group; for the store's thread.</summary>
internal sealed class ContinuousJobs
{
    private readonly Dictionary<long, HashSet<long>> _byGroup = [];

    public bool Any => _byGroup.Count > 0;

    public IEnumerable<long> Of(long groupSequence) => _byGroup.GetValueOrDefault(groupSequence) ?? Enumerable.Empty<long>();

    public void Keep(Job? before, Job? after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }
        foreach (var group in Groups(before))
        {
            if (_byGroup.TryGetValue(group, out var jobs) && jobs.Remove(before!.Sequence) && jobs.Count == 0)
            {
                _byGroup.Remove(group);
            }
        }
        foreach (var group in Groups(after))
        {
            if (!_byGroup.TryGetValue(group, out var jobs))
            {
                _byGroup[group] = jobs = [];
            }
            jobs.Add(after!.Sequence);
        }
    }

    private static IEnumerable<long> Groups(Job? job) => job is { TargetSelection: TargetSelection.CONTINUOUS, CanBeUpdated: true }
        ? job.Targets.Where(target => target.Kind == TargetKind.ThingGroup).Select(target => target.Sequence)
        : [];
}
