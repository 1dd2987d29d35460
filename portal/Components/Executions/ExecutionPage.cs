using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Executions;

/// <summary>
/// The page of executions on show. Rows follow events without any reading; which rows belong on the page is read again when it may
/// have changed, at most once a second and never more than a tenth of the time.
/// </summary>
public sealed class ExecutionPage(ExecutionSource source, IJobs jobs, TimeProvider clock)
{
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(1);

    private readonly Stack<string> _tokens = [];
    private DateTimeOffset _readAgainAt;
    private bool _isStale;

    /// <summary>Null until they were read.</summary>
    public IReadOnlyList<ExecutionLine>? Lines { get; private set; }

    public string? Next { get; private set; }

    public int Number => _tokens.Count + 1;

    public async Task ReadAsync()
    {
        var began = clock.GetTimestamp();
        _isStale = false;
        (Lines, Next) = await source.ReadAsync(jobs, _tokens.TryPeek(out var token) ? token : null);
        var took = 10 * clock.GetElapsedTime(began);
        _readAgainAt = clock.GetUtcNow() + (took > ReadInterval ? took : ReadInterval);
    }

    public Task ReadNextAsync()
    {
        _tokens.Push(Next!);
        return ReadAsync();
    }

    public Task ReadPreviousAsync()
    {
        _tokens.Pop();
        return ReadAsync();
    }

    /// <returns>When the page wants to be painted again because it must be read but may not yet; null when it is up to date.</returns>
    public async Task<TimeSpan?> FollowAsync(LiveChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        _isStale |= changes.Missed || changes.ManyExecutions || changes.JobsMoved && source.Status is not null || Lines is null;
        Apply(changes);
        if (!_isStale)
        {
            return null;
        }
        var wait = _readAgainAt - clock.GetUtcNow();
        if (wait > TimeSpan.Zero && !changes.Missed)
        {
            return wait;
        }
        await ReadAsync();
        return null;
    }

    private void Apply(LiveChanges changes)
    {
        if (Lines is null || changes.Executions.Count == 0)
        {
            return;
        }
        var visible = Lines.Select(line => line.Key).ToHashSet();
        foreach (var (key, execution) in changes.Executions)
        {
            if (visible.Contains(key))
            {
                _isStale |= execution is null || source.Status is { } wanted && execution.Status != wanted;
            }
            else if (execution is not null)
            {
                _isStale |= source.MayJoin(execution.Status, isFirst: _tokens.Count == 0, isLast: Next is null);
            }
        }
        Lines = [.. Lines.Select(line => changes.Executions.GetValueOrDefault(line.Key) is { } now ? ExecutionLine.Of(now) : line)];
    }
}
