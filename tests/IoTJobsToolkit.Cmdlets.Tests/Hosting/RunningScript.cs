using System.Diagnostics;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>A script that goes on while the test acts; nobody waits for it longer than a deadline.</summary>
internal sealed class RunningScript : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly PowerShell _powershell;
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly IAsyncResult _running;

    public RunningScript(Shell shell, string script)
    {
        _powershell = shell.Create(script);
        _running = _powershell.BeginInvoke<PSObject, PSObject>(null, _output);
    }

    public bool HasEnded => _running.IsCompleted;

    public PSDataStreams Streams => _powershell.Streams;

    /// <summary>The object with this number, as soon as it is written.</summary>
    public dynamic Output(int index)
    {
        Await(_output, () => _output.Count > index);
        return _output[index];
    }

    /// <summary>Waits until something was written to a stream for which this holds.</summary>
    public T Await<T>(PSDataCollection<T> stream, Func<T, bool> wanted)
    {
        Await(stream, () => stream.Any(wanted));
        return stream.First(wanted);
    }

    /// <summary>Waits for the end of the script.</summary>
    public Outcome End()
    {
        Assert.True(_running.AsyncWaitHandle.WaitOne(Deadline), "The script goes on and on.");
        ErrorRecord? terminated = null;
        try
        {
            _powershell.EndInvoke(_running);
        }
        catch (RuntimeException exception)
        {
            terminated = exception.ErrorRecord;
        }
        return Outcome.Of(_powershell, _output, terminated);
    }

    /// <summary>As Ctrl+C does; returns how long it took.</summary>
    public TimeSpan Stop()
    {
        var time = Stopwatch.StartNew();
        _powershell.Stop();
        return time.Elapsed;
    }

    public void Dispose()
    {
        _powershell.Stop();
        _powershell.Dispose();
    }

    private void Await<T>(PSDataCollection<T> stream, Func<bool> isThere)
    {
        using var added = new ManualResetEventSlim();
        stream.DataAdded += (_, _) => added.Set();
        var time = Stopwatch.StartNew();
        while (!isThere())
        {
            Assert.False(HasEnded && !isThere(), "The script has ended without it.");
            Assert.InRange(time.Elapsed, TimeSpan.Zero, Deadline);
            WaitHandle.WaitAny([added.WaitHandle, _running.AsyncWaitHandle], Deadline);
            added.Reset();
        }
    }
}
