using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.S3;

/// <summary>The sessions of one role: each is fetched when it is first needed, and the next one while it is still good.</summary>
/// <param name="arn">The role.</param>
/// <param name="assume">Fetches a session; a <see cref="PresignException"/> says why it cannot.</param>
internal sealed class AssumedRole(string arn, Func<CancellationToken, Task<RoleSession>> assume, TimeProvider clock, CancellationToken end)
{
    /// <summary>After a refusal nobody waits for STS again for so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>While STS does not answer, what is left of a session serves down to the shortest life that a job may give its URLs.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private volatile RoleSession? _session;
    private volatile Refusal? _refusal;
    private Task? _refresh;

    /// <exception cref="PresignException">There is no session yet: call <see cref="PrepareAsync"/>; or STS has refused.</exception>
    public RoleSession SessionFor(TimeSpan life)
    {
        var now = clock.GetUtcNow();
        var refusal = _refusal is { } last && now < last.Until ? last : null;
        var session = _session;
        if (session?.Covers(life, now) == true)
        {
            if (refusal is null && session.IsEnding(life, now))
            {
                _ = RefreshAsync();
            }

            return session;
        }

        if (refusal is null)
        {
            throw PresignException.Unprepared(arn);
        }

        return session?.Left(now) >= Shortest ? session : throw new PresignException(refusal.Cause.Message, refusal.Cause);
    }

    /// <summary>Completes when a session has been fetched or refused; at once where there is a young one.</summary>
    public ValueTask PrepareAsync(CancellationToken cancellationToken) =>
        _session?.Covers(TimeSpan.MaxValue, clock.GetUtcNow()) == true ? default : new(RefreshAsync().WaitAsync(cancellationToken));

    private Task RefreshAsync()
    {
        lock (_gate)
        {
            return _refresh ??= Task.Run(FetchAsync, CancellationToken.None);
        }
    }

    private async Task FetchAsync()
    {
        RoleSession? session = null;
        Refusal? refusal = null;
        try
        {
            session = await assume(end).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whoever signs next is told.
        catch (Exception refused)
#pragma warning restore CA1031
        {
            refusal = new(refused, clock.GetUtcNow() + Pause);
        }

        // At once: nobody may wait for a fetch that has brought its session already.
        lock (_gate)
        {
            (_session, _refusal, _refresh) = (session ?? _session, refusal, null);
        }
    }

    private sealed record Refusal(Exception Cause, DateTimeOffset Until);
}
