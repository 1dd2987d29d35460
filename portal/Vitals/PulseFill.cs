using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>Reads what happened before a ledger began: executions in progress and the changes of the last hour, page by page.</summary>
internal sealed class PulseFill(JobsEngine engine, VitalsLedger ledger, Lock gate, TimeProvider clock)
{
    /// <summary>Executions of one turn of the store, which others wait for.</summary>
    private const int PageSize = 500;

    /// <summary>Reading leaves three quarters of the time to others.</summary>
    private const int Breath = 3;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    /// <param name="before">An earlier filling, which was canceled.</param>
    public async Task RunAsync(Task before, TimeSpan wait, Action changed, Action<Exception> failed, CancellationToken cancellationToken)
    {
        try
        {
            await before;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }
            await Task.Yield();
            foreach (var jobId in ledger.ToRead)
            {
                await ReadAsync(jobId, cancellationToken);
            }
            lock (gate)
            {
                ledger.IsCounting = false;
            }
            changed();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server ends, or all begins anew.
        }
        catch (Exception fault)
        {
            failed(fault);
        }
    }

    private async Task ReadAsync(string jobId, CancellationToken cancellationToken)
    {
        ExecutionKey? after = null;
        do
        {
            var began = clock.GetTimestamp();
            if (await TryReadAsync(jobId, after, cancellationToken) is not { } page)
            {
                return;
            }
            lock (gate)
            {
                ledger.Apply(page.Executions, clock.GetUtcNow());
            }
            after = page.Next;
            if (Breath * clock.GetElapsedTime(began) is var pause && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, clock, cancellationToken);
            }
        }
        while (after is not null);
    }

    /// <summary>Null where the job is gone.</summary>
    private async Task<JobExecutionPage?> TryReadAsync(string jobId, ExecutionKey? after, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (gate)
            {
                ledger.BeginPage();
            }
            try
            {
                return await engine.ReadExecutionsAsync(jobId, after, PageSize, cancellationToken);
            }
            catch (JobsException refused) when (refused.Error == JobsError.ResourceNotFound)
            {
                return null;
            }
            catch (JobsException)
            {
                await Task.Delay(RetryInterval, clock, cancellationToken);
            }
        }
    }
}
