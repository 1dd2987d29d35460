using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>A PowerShell with the module as it ships, connected to a database of its own, which a server of its own may have open.</summary>
internal sealed class Shell : IDisposable
{
    private static readonly Regex ColourCode = new("\\x1b\\[[0-9;]*m");

    private readonly Runspace _runspace;
    private readonly Shell? _first;
    private readonly Where _where;
    private TestServer? _server;
    private string _options = "";

    public Shell(Where where = Where.InProcess)
    {
        _where = where;
        Folder = Directory.CreateTempSubdirectory("iotjobs").FullName;
        DatabasePath = Path.Combine(Folder, "jobs.db");
        _runspace = Open();
        Connect("");
    }

    private Shell(Shell first)
    {
        _first = first;
        Folder = first.Folder;
        DatabasePath = first.DatabasePath;
        _runspace = Open();
    }

    public static string Repository { get; } = FindRepository();

    public static string Manifest { get; } = Path.Combine(Repository, "out", "module", "IoTJobsToolkit", "IoTJobsToolkit.psd1");

    public TestHost Host { get; } = new();

    public string Folder { get; }

    public string DatabasePath { get; }

    /// <summary>What the server was asked so far; null in process.</summary>
    public IReadOnlyCollection<string>? Requests => _server?.Requests;

    /// <summary>Another runspace of this process, which was told of no database.</summary>
    public Shell SecondRunspace() => new(this);

    public Outcome Run(string script, params object[] input)
    {
        using var powershell = Create(script);
        return Outcome.Of(powershell, input);
    }

    /// <summary>The only object that the script writes.</summary>
    public dynamic One(string script) => Assert.Single(Run(script).Succeeds().Output);

    /// <summary>The same as the .NET object that it is.</summary>
    public T One<T>(string script) => Assert.IsType<T>(Assert.Single(Run(script).Succeeds().Output).BaseObject);

    public PowerShell Create(string script)
    {
        if (_where == Where.ThroughServer)
        {
            _server ??= new(DatabasePath);
        }
        var powershell = PowerShell.Create(_runspace);
        powershell.AddScript(script);
        return powershell;
    }

    /// <summary>What the host shows of the script's objects, without colours.</summary>
    public string Show(string script)
    {
        var before = Host.Text.Length;
        Run($"{script} | Out-Default").Succeeds();
        return ColourCode.Replace(Host.Text[before..], "");
    }

    /// <summary>Closes the database, so that its file can be looked at; the next command opens it again.</summary>
    public void CloseDatabase()
    {
        StopServer();
        Connect(_options);
    }

    /// <summary>Another one after every change: of the closed files, or of what the server was asked to change.</summary>
    /// <param name="andLog">False where a command opens the file: that alone shows in the log.</param>
    public string Fingerprint(bool andLog = true)
    {
        if (_where == Where.ThroughServer)
        {
            return string.Join('\n', _server?.Changes ?? []);
        }
        CloseDatabase();
        return string.Join('\n', Directory.GetFiles(Folder).Order()
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && (andLog || !file.EndsWith("-log", StringComparison.Ordinal)))
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
    }

    /// <summary>Connects to the same database without AWS's quotas.</summary>
    public void LiftLimits()
    {
        StopServer();
        Connect("-Limits None");
        if (_where == Where.ThroughServer)
        {
            _server = new(DatabasePath, "--Jobs:Limits=none");
        }
    }

    /// <summary>From now on the database goes by a clock that can be moved.</summary>
    public void GoByVirtualClock()
    {
        StopServer();
        _options = "-VirtualClock";
        Connect(_options);
        if (_where == Where.ThroughServer)
        {
            _server = new(DatabasePath, "--Jobs:Clock=virtual");
        }
    }

    public void Dispose()
    {
        if (_first is null)
        {
            RunHere("Disconnect-IoTJobs");
            StopServer();
        }
        _runspace.Dispose();
        if (_first is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Connect(string options) => RunHere($"Disconnect-IoTJobs; Connect-IoTJobs '{DatabasePath}' {options}").Succeeds();

    /// <summary>Without a server having to run.</summary>
    private Outcome RunHere(string script)
    {
        using var powershell = PowerShell.Create(_runspace);
        powershell.AddScript(script);
        return Outcome.Of(powershell, []);
    }

    /// <summary>The next command starts another one, unless it runs in another runspace.</summary>
    public void StopServer()
    {
        _server?.Dispose();
        _server = null;
    }

    private Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Manifest]);
        var runspace = RunspaceFactory.CreateRunspace(Host, state);
        runspace.Open();
        using var check = PowerShell.Create(runspace);
        Assert.Empty(check.AddScript("$Error").Invoke());
        return runspace;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IoTJobsToolkit.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        }
        return folder.FullName;
    }
}
