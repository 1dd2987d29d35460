namespace IoTJobsToolkit.Engine.Work;

/// <summary>A call which waits for its turn on the store's thread.</summary>
internal abstract class Turn(Operation operation, Caller caller, CancellationToken cancellationToken)
{
    public Operation Operation => operation;

    public Caller Caller => caller;

    public bool IsCanceled => cancellationToken.IsCancellationRequested;

    protected CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs the operation and keeps its answer; when it throws, the call has failed with that.</summary>
    public abstract void Run(JobsTransaction tx);

    public abstract void Answer();

    public abstract void Fail(Exception exception);

    public abstract void Cancel();
}

internal sealed class Turn<TResponse>(Operation<TResponse> operation, Caller caller, CancellationToken cancellationToken)
    : Turn(operation, caller, cancellationToken)
{
    private readonly TaskCompletionSource<TResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResponse? _response;

    public Task<TResponse> Task => _answer.Task;

    public override void Run(JobsTransaction tx) => _response = operation.Run(tx);

    public override void Answer() => _answer.TrySetResult(_response!);

    public override void Fail(Exception exception) => _answer.TrySetException(exception);

    public override void Cancel() => _answer.TrySetCanceled(CancellationToken);
}
