using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using IoTJobsToolkit.Cmdlets.Connection;
using ShellJob = System.Management.Automation.Job;

namespace IoTJobsToolkit.Cmdlets.Background;

/// <summary>
/// A cmdlet that goes on in a runspace of its own within this process, as a job of the shell: what it writes lies in the job's streams. It keeps
/// the connection with which it began, and ends when the runspace that began it closes or gives the module up.
/// </summary>
internal sealed class BackgroundJob : ShellJob
{
    private static readonly string Manifest = Path.Combine(Path.GetDirectoryName(typeof(BackgroundJob).Assembly.Location)!, "IoTJobsToolkit.psd1");
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);
    private static readonly Lock RunningGate = new();
    private static readonly List<BackgroundJob> Running = [];

    /// <summary>Common parameters that speak of the caller's variables and pipeline.</summary>
    private static readonly HashSet<string> OfTheCaller = new(StringComparer.OrdinalIgnoreCase)
    {
        "OutVariable", "ErrorVariable", "WarningVariable", "InformationVariable", "PipelineVariable", "OutBuffer",
    };

    private readonly Lock _gate = new();
    private readonly PowerShell _powershell = PowerShell.Create();
    private readonly InitialSessionState _state = InitialSessionState.CreateDefault2();
    private readonly JobsConnection _connection;
    private readonly Guid _owner = Runspace.DefaultRunspace.InstanceId;
    private readonly Thread _thread;
    private Runspace? _runspace;
    private bool _isStopped;
    private bool _hasEnded;

    private BackgroundJob(string command, PSCmdlet cmdlet, IDictionary arguments, JobsConnection connection, string location)
        : base(command)
    {
        PSJobTypeName = "IoTJobsToolkit";
        Location = location;
        _connection = connection;
        _state.ImportPSModule([Manifest]);
        // A script block among the arguments may do no more there than here.
        _state.LanguageMode = cmdlet.SessionState.LanguageMode;
        var info = (CmdletInfo)cmdlet.MyInvocation.MyCommand;
        _powershell.AddCommand(new CmdletInfo($"{info.Verb}-{info.Noun}", info.ImplementingType)).AddParameters(arguments);
        _thread = new(Run) { Name = command, IsBackground = true };
    }

    public override string Location { get; }

    public override string StatusMessage => "";

    public override bool HasMoreData =>
        Output.Count + Error.Count + Warning.Count + Verbose.Count + Debug.Count + Information.Count + Progress.Count > 0;

    /// <summary>Whether a bound parameter is none of the cmdlet in the background.</summary>
    public static bool IsOfTheCaller(string parameter) => OfTheCaller.Contains(parameter);

    /// <param name="command">What is shown of the call: nothing secret.</param>
    public static BackgroundJob Start(string command, PSCmdlet cmdlet, IDictionary arguments, JobsConnection connection, string location)
    {
        var job = new BackgroundJob(command, cmdlet, arguments, connection, location);
        cmdlet.JobRepository.Add(job);
        job.SetJobState(JobState.Running);
        lock (RunningGate)
        {
            Running.Add(job);
            job._thread.Start();
        }
        return job;
    }

    /// <summary>Ends what a runspace has begun.</summary>
    public static void EndOf(Guid runspace)
    {
        List<BackgroundJob> own;
        lock (RunningGate)
        {
            own = Running.FindAll(job => job._owner == runspace);
        }
        own.ForEach(job => job.StopJob());
    }

    public override void StopJob()
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                _isStopped = true;
                _powershell.Stop();
            }
        }
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join(EndPatience); // An end that is under way is awaited too: the shell may let go of the job right after this.
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
        }
        base.Dispose(disposing);
    }

    private void Run()
    {
        var end = JobState.Completed;
        try
        {
            _runspace = RunspaceFactory.CreateRunspace(_state);
            Connections.Pin(_runspace.InstanceId, _connection);
            _runspace.Open();
            _powershell.Runspace = _runspace;
            Connect(_powershell.Streams);
            var running = Begin();
            if (running is not null)
            {
                _powershell.EndInvoke(running);
            }
        }
        catch (Exception exception)
        {
            end = JobState.Failed;
            if (!_isStopped)
            {
                Error.Add((exception as RuntimeException)?.ErrorRecord ?? new(exception, "JobFailed", ErrorCategory.NotSpecified, Command));
            }
        }
        End(_isStopped ? JobState.Stopped : end);
    }

    /// <summary>Null where it was stopped before it began.</summary>
    private IAsyncResult? Begin()
    {
        lock (_gate)
        {
            return _isStopped ? null : _powershell.BeginInvoke<PSObject, PSObject>(null, Output);
        }
    }

    private void Connect(PSDataStreams streams)
    {
        streams.Error = Error;
        streams.Progress = Progress;
        streams.Verbose = Verbose;
        streams.Debug = Debug;
        streams.Warning = Warning;
        streams.Information = Information;
    }

    private void End(JobState state)
    {
        lock (RunningGate)
        {
            Running.Remove(this);
        }
        lock (_gate)
        {
            _hasEnded = true;
            _powershell.Dispose();
        }
        if (_runspace is { } runspace)
        {
            runspace.Dispose();
            Connections.Unpin(runspace.InstanceId);
        }
        try
        {
            SetJobState(state);
        }
        catch (ObjectDisposedException)
        {
            // Its end took longer than anybody waited: on this thread an exception would be the end of the process.
        }
    }
}
