namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>When the order of a list is read again: soon after jobs came or moved, but not while somebody points at the rows.</summary>
internal sealed class OrderPace(TimeProvider clock)
{
    /// <summary>From somebody's last move on: he is about to press something.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(2);

    private DateTimeOffset _heldUntil;
    private bool _isStale;
    private bool _hasMoved;

    /// <summary>Jobs came, went or moved, and are not shown so because of somebody who points at the rows.</summary>
    public bool IsHeldBack { get; private set; }

    public void Hold() => _heldUntil = clock.GetUtcNow() + Held;

    /// <param name="hasMoved">Jobs came, went or changed their status; else only figures by which they stand where they do.</param>
    public void MakeStale(bool hasMoved)
    {
        _isStale = true;
        _hasMoved |= hasMoved;
    }

    public void MakeFresh() => (_isStale, _hasMoved, IsHeldBack) = (false, false, false);

    /// <summary>How long to wait before the order is read again; null where it is fresh.</summary>
    public TimeSpan? Wait(DateTimeOffset notBefore)
    {
        if (!_isStale)
        {
            return null;
        }
        var now = clock.GetUtcNow();
        IsHeldBack = _hasMoved && _heldUntil > now;
        var at = _heldUntil > notBefore ? _heldUntil : notBefore;
        return at > now ? at - now : TimeSpan.Zero;
    }
}
