using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Waiting;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Looking at a job again and again, for as long as somebody waits: a server that is away for a moment is no end of that.</summary>
public abstract partial class IoTJobsCmdlet
{
    private static readonly TimeSpan OutagePatience = TimeSpan.FromMinutes(1);

    private long? _outageSince;

    internal CancellationToken Stopped => _stop.Token;

    /// <param name="isFirst">The first look at a job: that it is not there, or that nobody can be asked, is an error.</param>
    /// <param name="cancellationToken">Gives the look up, which then showed nothing.</param>
    private protected Sight Look(string jobId, bool isFirst, CancellationToken cancellationToken)
    {
        var operation = new DescribeJob(jobId);
        WriteDebug(operation.ToString());
        try
        {
            var job = Lease.Jobs.ExecuteAsync(operation, cancellationToken).GetAwaiter().GetResult();
            _outageSince = null;
            return new Sight.Seen(job);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            return new Sight.Unclear();
        }
        catch (JobsException refusal) when (!isFirst && refusal.Error == JobsError.ResourceNotFound)
        {
            return new Sight.Gone();
        }
        catch (JobsException refusal) when (!isFirst && MayPass(refusal))
        {
            if (_outageSince is null)
            {
                _outageSince = TimeProvider.System.GetTimestamp();
                WriteWarning($"{refusal.Message} It is tried again for a minute.");
            }
            CloseWay();
            return new Sight.Unclear();
        }
        catch (JobsException refusal) when (!IsOfTheWay(refusal))
        {
            WriteError(Refusal.ToErrorRecord(refusal, operation, jobId));
            return new Sight.Refused();
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            throw Failed(exception);
        }
    }

    /// <summary>The next call finds a way anew: where a server has let the database file go, that may be the file itself.</summary>
    private protected virtual void CloseWay()
    {
        _lease?.Dispose();
        _lease = null;
    }

    private bool MayPass(JobsException refusal) =>
        refusal.Error is JobsError.Throttling or JobsError.ServiceUnavailable && _lease is { IsShared: true } lease &&
        lease.Explain(refusal)?.CategoryInfo.Category != ErrorCategory.SecurityError &&
        (_outageSince is not { } since || TimeProvider.System.GetElapsedTime(since) < OutagePatience);
}
