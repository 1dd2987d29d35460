using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>Somebody waits until what is due at <see cref="At"/> is done: of one job, or of all.</summary>
internal sealed class SettleRequest(string? jobId, DateTimeOffset at, IProgress<JobProgress>? progress, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? JobId => jobId;

    public DateTimeOffset At => at;

    public IProgress<JobProgress>? Progress => progress;

    public Task Task => cancellationToken.CanBeCanceled ? _done.Task.WaitAsync(cancellationToken) : _done.Task;

    public bool IsCanceled => cancellationToken.IsCancellationRequested;

    public bool Complete() => _done.TrySetResult();

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
