using System.Runtime.ExceptionServices;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>The end, by a stop or a failure.</summary>
internal sealed partial class StoreThread
{
    private ExceptionDispatchInfo? _unclosed;

    /// <summary>Ends after the commit in hand and closes the store; who still waits is refused.</summary>
    public void Stop()
    {
        _stopping = true;
        _bell.Ring();
        _thread.Join();
        _timer.Dispose();
        _unclosed?.Throw();
    }

    /// <summary>Refuses all who wait; then nobody touches the store any more, and it is closed when the engine is.</summary>
    private void EndAll()
    {
        var end = End();
        FailQueued();
        foreach (var turn in _taken.Concat(_longReads))
        {
            turn.Fail(end);
        }
        _settling.FailAll(end);
        while (!_stopping)
        {
            _bell.Wait();
        }
        Close();
    }

    /// <summary>Here, as all else: what the store has open is this thread's.</summary>
    private void Close()
    {
        try
        {
            _store.Dispose();
        }
        catch (Exception exception)
        {
            _unclosed = ExceptionDispatchInfo.Capture(exception);
        }
    }

    private void FailQueued()
    {
        var end = End();
        foreach (var queue in new[] { _writes, _reads })
        {
            while (queue.TryDequeue(out var turn))
            {
                turn.Fail(end);
            }
        }
        _settling.FailRequests(end);
    }

    private JobsException End() => _failure is { } failure
        ? new(JobsError.ServiceUnavailable, $"The engine has stopped: {failure.Message}", failure)
        : new(JobsError.ServiceUnavailable, "The engine is closing; nothing was changed.");
}
