using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Portal.Components.Things;

/// <summary>Counts the things that match, page by page, so that nobody waits for it: the number grows while it is looked at.</summary>
/// <param name="paint">Called when there is something new to see, four times a second at most.</param>
public sealed class MatchCounter(TimeProvider clock, Func<Task> paint) : IDisposable
{
    public const int Shown = 20;

    private const int Page = 250;

    private static readonly TimeSpan PaintInterval = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _counting;

    public long Count { get; private set; }

    /// <summary>The first things that match; null until they are known.</summary>
    public IReadOnlyList<string>? First { get; private set; }

    public bool IsCounting { get; private set; }

    /// <summary>All have been counted; otherwise <see cref="Count"/> is what was counted so far.</summary>
    public bool IsDone { get; private set; }

    public JobsException? Refused { get; private set; }

    /// <summary>Counts anew, in the place of what was being counted.</summary>
    public async Task CountAsync(ReadMatches read)
    {
        Stop();
        var counting = _counting = new CancellationTokenSource();
        (Count, First, IsDone, Refused, IsCounting) = (0, null, false, null, true);
        try
        {
            await CountAsync(read, counting.Token);
        }
        catch (OperationCanceledException) when (counting.IsCancellationRequested)
        {
            return; // What is counted now is somebody else's.
        }
        catch (JobsException exception) when (counting == _counting)
        {
            Refused = exception;
        }
        IsCounting = false;
        await paint();
    }

    /// <summary>Stops counting; the number stays as it is.</summary>
    public void Stop()
    {
        _counting?.Cancel();
        _counting?.Dispose();
        (_counting, IsCounting) = (null, false);
    }

    public void Dispose() => Stop();

    private async Task CountAsync(ReadMatches read, CancellationToken cancellation)
    {
        var painted = clock.GetTimestamp();
        var (names, next) = await read(Shown, null, cancellation);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            First ??= names;
            (Count, IsDone) = (Count + names.Count, next is null);
            if (IsDone)
            {
                return;
            }
            if (Count == Shown || clock.GetElapsedTime(painted) >= PaintInterval)
            {
                painted = clock.GetTimestamp();
                await paint();
            }
            (names, next) = await read(Page, next, cancellation);
        }
    }
}
