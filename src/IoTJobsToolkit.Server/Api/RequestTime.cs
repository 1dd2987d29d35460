using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Server.Api;

/// <summary>The time that one request has, from its headers to its answer (<c>Jobs:Http:RequestSeconds</c>), or until its caller is gone.</summary>
internal sealed class RequestTime : IDisposable
{
    /// <summary>What had not begun is given up at once, and a commit under way mostly ends soon: there may be an answer after all.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly int _seconds;
    private readonly CancellationToken _gone;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _watch;

    public RequestTime(int seconds, TimeProvider clock, CancellationToken gone)
    {
        _seconds = seconds;
        _gone = gone;
        _end = new(TimeSpan.FromSeconds(seconds), clock);
        _watch = gone.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
    }

    public CancellationToken Token => _end.Token;

    /// <summary>Somebody still waits, but not any longer.</summary>
    public bool IsOver => _end.IsCancellationRequested && !_gone.IsCancellationRequested;

    /// <exception cref="ApiRefusal">It did not end in time; the message says what that means for its change.</exception>
    public async Task<TAnswer> RunAsync<TAnswer>(bool changes, Func<CancellationToken, Task<TAnswer>> run)
    {
        var running = run(Token);
        try
        {
            return await running.WaitAsync(Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsOver)
        {
            await Task.WhenAny(running, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
            return running switch
            {
                { IsCanceled: true } => throw Refusal("it had not had its turn, so nothing was changed. Try again."),
                { IsCompleted: true } => await running.ConfigureAwait(false),
                _ when changes => throw Refusal("it has begun, and its change may yet be made. Look before you send it again."),
                _ => throw Refusal("try again."),
            };
        }
    }

    /// <summary>The caller was too slow.</summary>
    public ApiRefusal BodyRefusal() => new(ErrorAnswer.Of(
        ErrorNames.RequestTimeout, $"The body of the request did not arrive within {_seconds} seconds, so nothing was done."));

    public void Dispose()
    {
        _watch.Dispose();
        _end.Dispose();
    }

    /// <summary>
    /// With 503, also where it has begun: that is the one answer of http-api 6 to what may go well later, and a typed error in the models of jobs and
    /// devices. With 504 AWS's clients would do no better: they send both again, but 504 belongs to no error that they know by name.
    /// </summary>
    private ApiRefusal Refusal(string outcome) =>
        new(ErrorAnswer.Of(ErrorNames.ServiceUnavailable, $"The request did not end within {_seconds} seconds; {outcome}"));
}
