using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Things;

/// <summary>Counts the things that match, page by page, so that nobody waits for it: the number grows while it is looked at.</summary>
/// <param name="paint">Called when there is something new to see, four times a second at most.</param>
public sealed class MatchCounter(IJobs jobs, TimeProvider clock, Func<Task> paint) : IDisposable
{
    public const int Shown = 20;

    private static readonly TimeSpan PaintInterval = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _counting;

    public long Count { get; private set; }

    /// <summary>The first things that match; null until they are known.</summary>
    public IReadOnlyList<FoundThing>? First { get; private set; }

    public bool IsCounting { get; private set; }

    /// <summary>All have been counted; otherwise <see cref="Count"/> is what was counted so far.</summary>
    public bool IsDone { get; private set; }

    public JobsException? Refused { get; private set; }

    /// <summary>Counts anew, in the place of what was being counted.</summary>
    public async Task CountAsync(SearchThings search)
    {
        Stop();
        var counting = _counting = new CancellationTokenSource();
        (Count, First, IsDone, Refused, IsCounting) = (0, null, false, null, true);
        try
        {
            await CountAsync(search, counting);
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

    private async Task CountAsync(SearchThings search, CancellationTokenSource counting)
    {
        var token = counting.Token;
        var painted = clock.GetTimestamp();
        var page = await jobs.ExecuteAsync(search with { MaxResults = Shown, NextToken = null }, token);
        while (true)
        {
            token.ThrowIfCancellationRequested();
            First ??= page.Things;
            (Count, IsDone) = (Count + page.Things.Count, page.NextToken is null);
            if (page.NextToken is not { } next)
            {
                return;
            }
            if (Count == Shown || clock.GetElapsedTime(painted) >= PaintInterval)
            {
                painted = clock.GetTimestamp();
                await paint();
            }
            page = await jobs.ExecuteAsync(search with { MaxResults = 250, NextToken = next }, token);
        }
    }
}
