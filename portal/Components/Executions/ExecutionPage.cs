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
    private bool _isTurning;
    private int _readings;

    /// <summary>Null until they were read.</summary>
    public IReadOnlyList<ExecutionLine>? Lines { get; private set; }

    public string? Next { get; private set; }

    public int Number => _tokens.Count + 1;

    public Task ReadAsync() => _isTurning ? Task.CompletedTask : ReadFromAsync(_tokens.TryPeek(out var token) ? token : null, () => { });

    /// <summary>Turns to the next page once it is read; does nothing while a page is being turned.</summary>
    public Task ReadNextAsync() => Next is { } next ? TurnAsync(next, () => _tokens.Push(next)) : Task.CompletedTask;

    /// <inheritdoc cref="ReadNextAsync"/>
    public Task ReadPreviousAsync() =>
        _tokens.Count > 0 ? TurnAsync(_tokens.Skip(1).FirstOrDefault(), () => _tokens.Pop()) : Task.CompletedTask;

    /// <returns>When the page wants to be painted again because it must be read but may not yet; null when it is up to date.</returns>
    public async Task<TimeSpan?> FollowAsync(LiveChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        _isStale |= changes.Missed || changes.ManyExecutions || changes.JobsMoved && source.Status is not null || Lines is null;
        Apply(changes);
        if (_isTurning)
        {
            _isStale |= changes.Any; // The rows being read may be older than these changes.
            return _isStale ? ReadInterval : null;
        }
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

    private async Task TurnAsync(string? token, Action turned)
    {
        if (_isTurning)
        {
            return;
        }
        _isTurning = true;
        try
        {
            await ReadFromAsync(token, turned);
        }
        finally
        {
            _isTurning = false;
        }
    }

    private async Task ReadFromAsync(string? token, Action succeeded)
    {
        var (began, reading) = (clock.GetTimestamp(), ++_readings);
        _isStale = false;
        try
        {
            var (lines, next) = await source.ReadAsync(jobs, token);
            if (reading == _readings) // Otherwise a later reading has been begun.
            {
                succeeded();
                (Lines, Next) = (lines, next);
            }
        }
        catch
        {
            _isStale = true;
            throw;
        }
        finally
        {
            var took = 10 * clock.GetElapsedTime(began);
            _readAgainAt = clock.GetUtcNow() + (took > ReadInterval ? took : ReadInterval);
        }
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
