using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Components.Refusals;

namespace IoTJobsToolkit.Portal.Components.Bulk;

/// <summary>
/// Does an action to one job after the other, and keeps count: a refusal of one job stops none of the others, a limit is waited for, and
/// whatever is not done is told.
/// </summary>
/// <param name="changed">Called after each step.</param>
public sealed class BulkRun(JobsAction action, IReadOnlyList<string> jobIds, IJobs jobs, TimeProvider clock, Action changed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Queue<string> _left = new(jobIds);
    private readonly List<(string JobId, Refusal Refusal)> _refusals = [];

    public int Total => jobIds.Count;

    public int Done { get; private set; }

    public int Left => _left.Count;

    /// <summary>The jobs to which it was not done, each with the engine's reason.</summary>
    public IReadOnlyList<(string JobId, Refusal Refusal)> Refusals => _refusals;

    public bool IsRunning { get; private set; }

    /// <summary>The limit which is waited for; null while there is room.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>Why it ended before the last job; null where it did not, or was told to.</summary>
    public Refusal? Stopped { get; private set; }

    /// <summary>The fault behind <see cref="Stopped"/>, where nobody foresaw it.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Begins, or goes on with what is left. Ends after the job at which it is when <paramref name="stop"/> is asked for.</summary>
    public async Task RunAsync(string? reasonCode, string? comment, CancellationToken stop)
    {
        (IsRunning, Stopped, Fault) = (true, null, null);
        while (Stopped is null && _left.TryPeek(out var jobId) && !stop.IsCancellationRequested)
        {
            changed();
            await DoAsync(jobId, reasonCode, comment, stop);
        }
        (IsRunning, WaitsFor) = (false, null);
        changed();
    }

    private async Task DoAsync(string jobId, string? reasonCode, string? comment, CancellationToken stop)
    {
        try
        {
            await action.Of(jobId).RunAsync(jobs, reasonCode, comment);
            _left.Dequeue();
            (Done, WaitsFor) = (Done + 1, null);
        }
        catch (JobsException refusal) when (refusal.Error is JobsError.LimitExceeded or JobsError.Throttling)
        {
            WaitsFor = refusal.Message;
            changed();
            await WaitAsync(stop);
        }
        catch (JobsException refusal) when (refusal.Error is not (JobsError.ServiceUnavailable or JobsError.InternalFailure or JobsError.AccessDenied))
        {
            _refusals.Add((_left.Dequeue(), Refusal.Of(refusal)));
        }
        catch (Exception fault)
        {
            // It would be the same with every other job: they are left, to go on with when it is mended.
            (Stopped, Fault) = (Refusal.OfFault(fault), fault is JobsException ? null : fault);
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(Patience, clock, stop);
        }
        catch (OperationCanceledException)
        {
            // Told to stop while waiting.
        }
    }
}
