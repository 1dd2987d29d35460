namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// When background work is due, by the sequence of the job or group it belongs to. What is due is handed out in turn,
/// so that one job of a million devices does not keep others waiting.
/// </summary>
internal sealed class DueWork
{
    private readonly SortedSet<(DateTimeOffset At, long Sequence)> _order = [];
    private readonly Dictionary<long, DateTimeOffset> _at = [];
    /// <summary>Those due longest which take turns; of a hundred thousand due at once nobody looks through all each time.</summary>
    private const int InTurn = 1_000;

    private long _lastTurn;

    /// <summary>When the first one is due which <paramref name="mayRun"/>.</summary>
    public DateTimeOffset? First(Func<long, bool> mayRun)
    {
        foreach (var (at, sequence) in _order)
        {
            if (mayRun(sequence))
            {
                return at;
            }
        }
        return null;
    }

    public bool IsAnyDue(DateTimeOffset now, Func<long, bool> mayRun) =>
        _order.TakeWhile(work => work.At <= now).Any(work => mayRun(work.Sequence));

    /// <summary>When something will be due that is not yet; what is due already but may not run waits for another change.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset now)
    {
        foreach (var (at, _) in _order.GetViewBetween((now, long.MaxValue), (DateTimeOffset.MaxValue, long.MaxValue)))
        {
            return at;
        }
        return null;
    }

    public void Set(long sequence, DateTimeOffset? at)
    {
        if (_at.Remove(sequence, out var before))
        {
            _order.Remove((before, sequence));
        }
        if (at is { } due)
        {
            _at[sequence] = due;
            _order.Add((due, sequence));
        }
    }

    /// <summary>The next one whose turn it is of those due at or before <paramref name="now"/> which <paramref name="mayRun"/>.</summary>
    public long? Take(DateTimeOffset now, Func<long, bool> mayRun)
    {
        long? lowest = null;
        long? next = null;
        var looked = 0;
        foreach (var (at, sequence) in _order)
        {
            if (at > now || looked == InTurn)
            {
                break;
            }
            if (!mayRun(sequence))
            {
                continue;
            }
            looked++;
            lowest = lowest is { } l ? Math.Min(l, sequence) : sequence;
            if (sequence > _lastTurn)
            {
                next = next is { } n ? Math.Min(n, sequence) : sequence;
            }
        }
        if ((next ?? lowest) is { } turn)
        {
            _lastTurn = turn;
        }
        return next ?? lowest;
    }
}
