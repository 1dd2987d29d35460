using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>How many executions a rollout comes to: its targets' things now, each once. Read at most once a minute, while it runs.</summary>
internal sealed class RolloutTotal(JobsEngine engine, TimeProvider clock)
{
    private const int Page = 2_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private bool _isReading;

    /// <summary>Null until it was read.</summary>
    public long? Count { get; private set; }

    public async Task ReadAsync(JobDetail job, CancellationToken cancellationToken)
    {
        if (_isReading || clock.GetUtcNow() - _readAt < Kept)
        {
            return;
        }
        (_isReading, _readAt) = (true, clock.GetUtcNow());
        try
        {
            Count = await CountAsync(job.Targets, cancellationToken);
        }
        finally
        {
            _isReading = false;
        }
    }

    private async Task<long> CountAsync(IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        if (!targets.Any(TargetWords.IsGroup))
        {
            return targets.Count;
        }
        var things = targets.Where(target => !TargetWords.IsGroup(target)).Select(TargetWords.Name).ToHashSet(StringComparer.Ordinal);
        var (count, isOnlyGroup) = (0L, targets.Count == 1);
        foreach (var group in targets.Where(TargetWords.IsGroup).Select(TargetWords.Name))
        {
            await foreach (var page in MembersAsync(group, cancellationToken))
            {
                count += page.Count;
                if (!isOnlyGroup)
                {
                    things.UnionWith(page);
                }
            }
        }
        return isOnlyGroup ? count : things.Count;
    }

    private async IAsyncEnumerable<IReadOnlyList<string>> MembersAsync(
        string group, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            IReadOnlyList<string> page;
            try
            {
                page = await engine.ReadGroupThingsAsync(group, after, Page, cancellationToken);
            }
            catch (JobsException gone) when (gone.Error == JobsError.ResourceNotFound)
            {
                yield break; // A group that was deleted brings no more things.
            }
            yield return page;
            after = page.Count == Page ? page[^1] : null;
        }
        while (after is not null);
    }
}
