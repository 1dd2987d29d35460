using System.Diagnostics;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Owns what every cmdlet needs: the way to the jobs, Ctrl+C, errors, and what is written of an answer.</summary>
public abstract partial class IoTJobsCmdlet : AwsClientCmdlet, IDisposable
{
    /// <summary>What falls due within one is done without being waited for before each record of a long pipeline.</summary>
    private static readonly TimeSpan TimeGrain = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan GroupPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SharedPatience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Stopwatch _timePassed = new();

    /// <summary>What is written: <c>*</c> for the whole answer, the path of one of its properties, or <c>^</c> and a parameter's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Select { get; set; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lease?.Dispose();
            _stop.Dispose();
        }
    }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Selection.CheckParameter(this, SelectOr(null));
    }

    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>What is written where -Select says nothing; null for nothing.</summary>
    protected virtual string? SelectOr(string? answer) => Select ?? answer;

    /// <summary>Runs an operation and writes what is wanted of its answer; a refusal becomes an error, and the pipeline goes on.</summary>
    /// <param name="target">Whom the operation is about, as the error and <c>^Parameter</c> name it.</param>
    /// <param name="settle">Waits for the work that was asked for, so that what is written is true when it is read.</param>
    /// <returns>False when it was refused.</returns>
    protected bool Send<T>(Operation<T> operation, string target, string? answer = Selection.Whole, Action? settle = null)
        where T : class
    {
        Selection.CheckProperties(this, typeof(T), SelectOr(answer));
        if (!TryRun(operation, target, out var response))
        {
            return false;
        }
        settle?.Invoke();
        Write(response, target, answer);
        return true;
    }

    /// <summary>The answer; or false, and the refusal becomes an error.</summary>
    protected bool TryRun<T>(Operation<T> operation, string target, out T response)
        where T : class
    {
        Ask();
        try
        {
            PassTime();
            response = Run(operation);
            return true;
        }
        catch (JobsException refusal)
        {
            Refuse(Teach(refusal, operation, target));
            response = null!;
            return false;
        }
    }

    /// <summary>The answer, or null where there is no such thing any more: for what a list, before which time has passed, has just named.</summary>
    protected T? Find<T>(Operation<T> operation, string target)
        where T : class
    {
        try
        {
            return Run(operation);
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.ResourceNotFound)
        {
            return null;
        }
        catch (JobsException refusal)
        {
            WriteError(Teach(refusal, operation, target));
            return null;
        }
    }

    /// <summary>The items of all pages, each page read when its first item is wanted.</summary>
    protected IEnumerable<TItem> Every<TResponse, TItem>(
        string target, Func<string?, Operation<TResponse>> page, Func<TResponse, (IEnumerable<TItem> Items, string? NextToken)> read)
        where TResponse : class
    {
        string? token = null;
        while (TryRun(page(token), target, out var response))
        {
            (var items, token) = read(response);
            foreach (var item in items)
            {
                yield return item;
            }
            if (token is null)
            {
                yield break;
            }
        }
    }

    protected void Write(object response, string target, string? answer)
    {
        if (SelectOr(answer) is { } wanted)
        {
            foreach (var item in Selection.Read(this, response, target, wanted))
            {
                WriteObject(Dress(item));
            }
        }
    }

    /// <summary>The item as it goes down the pipeline.</summary>
    protected virtual object Dress(object item) => item;

    /// <summary>Waits for background work and shows how far it is; Ctrl+C ends the waiting, not the work.</summary>
    /// <returns>False when it is not done within <paramref name="patience"/>.</returns>
    private protected bool WaitFor(Task work, TimeSpan? patience, WorkProgress progress)
    {
        try
        {
            return progress.WaitFor(work, patience, WriteProgress, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Waits until the work that a cmdlet has asked of a job is done, and shows how much is left.</summary>
    private protected void Settle(string jobId, string activity, Func<ExecutionCounts, long> left)
    {
        using var progress = new WorkProgress(activity, left);
        TryWaitFor(stop => Lease.Settle(jobId, progress, stop), jobId, null, progress);
    }

    /// <summary>Waits until all work that is due now is done; on a server, where others make new work all the time, for a while.</summary>
    private protected void SettleAll(string activity)
    {
        using var progress = new WorkProgress(activity);
        if (TryWaitFor(stop => Lease.Settle(null, progress, stop), activity, Lease.IsShared ? SharedPatience : null, progress) == false)
        {
            WriteVerbose($"{activity} goes on in the background.");
        }
    }

    /// <summary>Waits a little for the rollout of new jobs, so that a small one is out when the cmdlet ends.</summary>
    private protected void SettleForAWhile(IEnumerable<string> jobIds)
    {
        using var progress = new WorkProgress("Rolling out");
        foreach (var id in jobIds)
        {
            if (TryWaitFor(stop => Lease.Settle(id, progress, stop), id, Patience, progress) == false)
            {
                WriteVerbose($"The rollout of job {id} goes on in the background.");
            }
        }
    }

    /// <summary>Waits a little until a dynamic group has its members; in process the next cmdlet does.</summary>
    private protected void SettleGroup(string name)
    {
        using var progress = new WorkProgress($"Finding the members of {name}");
        if (TryWaitFor(stop => Lease.SettleGroup(name, stop), name, GroupPatience, progress) == false)
        {
            WriteVerbose($"The members of {name} are still being found.");
        }
    }

    /// <returns>False when the work is not done in time; null when it could not be done, and the error stream says why.</returns>
    private bool? TryWaitFor(Func<CancellationToken, Task> work, string target, TimeSpan? patience, WorkProgress progress)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            return WaitFor(work(waiting.Token), patience, progress);
        }
        catch (JobsException refusal) when (!IsOfTheWay(refusal))
        {
            WriteError(Refusal.ToErrorRecord(refusal, null, target));
            return null;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            throw Failed(exception);
        }
        finally
        {
            waiting.Cancel(); // Nobody asks a server on when the cmdlet no longer waits.
        }
    }

    /// <summary>The answer of several calls that make one change; or false, and the refusal becomes an error.</summary>
    /// <param name="operation">The call that the error is about.</param>
    private protected bool TryRun<T>(Func<IJobs, CancellationToken, Task<T>> calls, Operation operation, string target, out T response)
        where T : class
    {
        try
        {
            response = calls(Lease.Jobs, _stop.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (JobsException refusal) when (!IsOfTheWay(refusal))
        {
            Refuse(Teach(refusal, operation, target));
            response = null!;
            return false;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            throw Failed(exception);
        }
    }

    private T Run<T>(Operation<T> operation)
    {
        WriteDebug(operation.ToString());
        try
        {
            return Lease.Jobs.ExecuteAsync(operation, _stop.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (IsOfTheWay(exception))
        {
            throw Failed(exception);
        }
    }

    private protected void PassTime()
    {
        if (_timePassed.IsRunning && _timePassed.Elapsed < TimeGrain)
        {
            return;
        }
        if (Lease.HasCaughtUp)
        {
            using var progress = new WorkProgress("Work that is due");
            WaitFor(Lease.PassTime(), Patience, progress);
        }
        else
        {
            using var progress = new WorkProgress("Catching up with the time while the database was closed");
            WaitFor(Lease.CatchUp, null, progress);
        }
        _timePassed.Restart();
    }
}
