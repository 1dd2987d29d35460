using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.Engine.Work;

internal enum TurnOutcome
{
    Accepted,
    Refused,

    /// <summary>The operation read as much as one turn may; it goes on in another.</summary>
    GoesOn,
}

/// <summary>A call which waits for its turn on the store's thread; it is answered when what it rests on is durable.</summary>
internal abstract class Turn(Caller caller)
{
    public Caller Caller => caller;

    public abstract Operation Operation { get; }

    /// <summary>Runs the operation and keeps its answer or refusal.</summary>
    /// <exception cref="Storage.StoreFailedException">The store is broken: nobody's answer counts.</exception>
    public abstract TurnOutcome Run(JobsTransaction tx);

    public abstract void Answer();

    public abstract void Fail(Exception exception);
}

internal sealed class Turn<TResponse>(Operation<TResponse> operation, Caller caller, CancellationToken cancellationToken) : Turn(caller)
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int GivenUp = 2;

    private readonly TaskCompletionSource<TResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Operation<TResponse> _operation = operation;
    private TResponse? _response;
    private Exception? _refusal;
    private CancellationTokenRegistration _watch;
    private int _state;

    public override Operation Operation => _operation;

    public Task<TResponse> Task => _answer.Task;

    private CancellationToken CancellationToken => cancellationToken;

    /// <summary>Who cancels is told at once, and knows that nothing was changed: as long as the turn has not come.</summary>
    public void WatchForCancellation() => _watch = cancellationToken.UnsafeRegister(
        static turn =>
        {
            var waiting = (Turn<TResponse>)turn!;
            if (Interlocked.CompareExchange(ref waiting._state, GivenUp, Waiting) == Waiting)
            {
                waiting._answer.TrySetCanceled(waiting.CancellationToken);
            }
        },
        this);

    public override TurnOutcome Run(JobsTransaction tx)
    {
        if (Interlocked.CompareExchange(ref _state, Begun, Waiting) == GivenUp || cancellationToken.IsCancellationRequested)
        {
            _refusal = new OperationCanceledException(cancellationToken);
            return TurnOutcome.Refused;
        }
        try
        {
            _response = _operation.Run(tx);
            ActivityTrail.Follow(tx, _operation);
            return TurnOutcome.Accepted;
        }
        catch (GoesOnException next)
        {
            _operation = (Operation<TResponse>)next.Operation;
            return TurnOutcome.GoesOn;
        }
        catch (JobsException refusal)
        {
            _refusal = refusal;
        }
        catch (Exception fault) when (fault is not Storage.StoreFailedException)
        {
            _refusal = new JobsException(JobsError.InternalFailure, $"{Operation.Name} failed: {fault.Message}", fault);
        }
        return TurnOutcome.Refused;
    }

    public override void Answer()
    {
        _watch.Unregister();
        switch (_refusal)
        {
            case null:
                _answer.TrySetResult(_response!);
                break;
            case OperationCanceledException canceled:
                _answer.TrySetCanceled(canceled.CancellationToken);
                break;
            default:
                _answer.TrySetException(_refusal);
                break;
        }
    }

    public override void Fail(Exception exception)
    {
        _watch.Unregister();
        _answer.TrySetException(exception);
    }
}

/// <summary>A list has read as much as one turn may, and says how it goes on.</summary>
internal sealed class GoesOnException(Operation operation) : Exception
{
    public Operation Operation => operation;
}
