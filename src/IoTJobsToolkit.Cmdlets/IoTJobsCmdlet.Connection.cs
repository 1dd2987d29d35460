using System.Management.Automation;
using System.Runtime.ExceptionServices;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>The way to the jobs, opened by the first call and held until the cmdlet ends.</summary>
public abstract partial class IoTJobsCmdlet
{
    /// <summary>A shell gives its file up within two seconds of its last pipeline, and a server needs about one to begin or to end.</summary>
    private static readonly TimeSpan FilePatience = TimeSpan.FromSeconds(3);

    private Lease? _lease;
    private CallParameters? _leasedFor;
    private string? _arnPrefix;
    private CallParameters? _prefixFor;

    /// <summary>Another one where the pipeline brings other values for this call.</summary>
    private protected Lease Lease
    {
        get
        {
            var call = CallParameters;
            if (_lease is null || _leasedFor != call)
            {
                AwaitAhead(0);
                _lease?.Dispose();
                _lease = null;
                _lease = Open(call);
                _leasedFor = call;
            }
            return _lease;
        }
    }

    /// <summary>How the ARNs of things and groups begin, where the jobs are.</summary>
    private protected string ArnPrefix()
    {
        var call = CallParameters;
        if (_arnPrefix is null || _prefixFor != call)
        {
            (_arnPrefix, _prefixFor) = (FindArnPrefix(call), call);
        }
        return _arnPrefix;
    }

    /// <summary>The connection that counts now, and where this call goes by it.</summary>
    private protected (JobsConnection Connection, string Place) Choice()
    {
        try
        {
            return (Connections.Current, Connections.For(CallParameters).Place);
        }
        catch (ConnectionException exception)
        {
            ThrowTerminatingError(Refusal.ToErrorRecord(exception));
            throw;
        }
    }

    private string FindArnPrefix(CallParameters call)
    {
        try
        {
            // A database of this process says it without being opened: -WhatIf leaves no file behind.
            return _lease is null && Connections.For(call) is FileConnection file && file.FindHost() is null
                ? Arns.Prefix(file.ToSettings())
                : Lease.ArnPrefix(_stop.Token).GetAwaiter().GetResult();
        }
        catch (JobsException refusal) when (!IsOfTheWay(refusal))
        {
            ThrowTerminatingError(Refusal.ToErrorRecord(refusal, null, Connections.For(call).Place));
            throw;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            throw Failed(exception);
        }
    }

    private Lease Open(CallParameters call)
    {
        JobsConnection? connection = null;
        try
        {
            connection = Connections.For(call);
            Warn(connection);
            return connection.Use(FilePatience, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (ConnectionException exception)
        {
            ThrowTerminatingError(Refusal.ToErrorRecord(exception));
            throw;
        }
        catch (Exception exception) when (connection is not null)
        {
            ThrowTerminatingError(Refusal.ToErrorRecord(exception, connection.Place));
            throw;
        }
    }

    /// <summary>Once for each address; Connect-IoTJobs has warned of its own already.</summary>
    private void Warn(JobsConnection connection)
    {
        if (connection.Address is { } address && ServerAddress.Warning(address) is { } warning && Connections.IsNew(address))
        {
            WriteWarning(warning);
        }
    }

    /// <summary>True for all but refusals of the operation itself, and the end of the pipeline.</summary>
    private bool IsOfTheWay(Exception exception) => exception switch
    {
        PipelineStoppedException => false,
        JobsException => _lease?.Explain(exception) is not null,
        _ => true,
    };

    /// <summary>Ends the pipeline: of what comes next nothing would fare better.</summary>
    private Exception Failed(Exception exception)
    {
        if (_stop.IsCancellationRequested && exception is OperationCanceledException)
        {
            return new PipelineStoppedException();
        }
        if (exception is ConnectionException connecting)
        {
            ThrowTerminatingError(Refusal.ToErrorRecord(connecting));
        }
        if (_lease?.Explain(exception) is { } record)
        {
            ThrowTerminatingError(record);
        }
        ExceptionDispatchInfo.Throw(exception);
        return exception;
    }
}
