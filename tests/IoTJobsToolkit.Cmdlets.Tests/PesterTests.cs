using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>The suites which use the module as users do. In a PowerShell with Pester 5 they run by themselves, too.</summary>
public sealed class PesterTests : IDisposable
{
    private const string ServerSuite = "Server.Tests.ps1";

    private static readonly string Folder = Path.Combine(Shell.Repository, "tests", "Module");

    private readonly Runspace _runspace;

    public PesterTests()
    {
        var state = InitialSessionState.CreateDefault();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }
        state.ImportPSModule([typeof(PesterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PesterPath").Value]);
        _runspace = RunspaceFactory.CreateRunspace(new TestHost(), state);
        _runspace.Open();
    }

    public static TheoryData<string> EverySuite() => [.. Suites().Where(name => name != ServerSuite)];

    public void Dispose() => _runspace.Dispose();

    [Theory]
    [MemberData(nameof(EverySuite))]
    public void A_suite_passes(string suite) => Pass(suite);

    [Fact]
    public void The_suite_for_a_server_passes_against_one()
    {
        using var shell = new Shell();
        using var server = new TestServer(Path.Combine(shell.Folder, "server.db"));
        using var variables = new Variables().Set("IOTJOBS_TEST_ENDPOINT", server.Endpoint)
            .Set("IOTJOBS_ACCESS_KEY_ID", TestServer.KeyId).Set("IOTJOBS_SECRET_ACCESS_KEY", TestServer.Secret);

        Pass(ServerSuite);

        Assert.NotEmpty(server.Changes);
    }

    [Fact]
    public void Every_cmdlet_is_called_by_a_suite()
    {
        using var shell = new Shell();
        var called = Suites().SelectMany(Called).ToList();

        Assert.Empty(shell.Run("Get-Command -Module IoTJobsToolkit -CommandType Cmdlet").Succeeds().Text.Except(called, StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Suites() =>
        Directory.GetFiles(Folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Called(string suite) => Parser.ParseFile(Path.Combine(Folder, suite), out _, out _)
        .FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Select(call => ((CommandAst)call).GetCommandName()).OfType<string>();

    private void Pass(string suite)
    {
        using var powershell = PowerShell.Create(_runspace);
        powershell.AddScript("""
            param($Path)
            $configuration = New-PesterConfiguration
            $configuration.Run.Path = $Path
            $configuration.Run.PassThru = $true
            $configuration.Output.Verbosity = 'None'
            $result = Invoke-Pester -Configuration $configuration
            "$($result.Result), $($result.PassedCount) passed"
            @($result.Failed; $result.FailedBlocks; $result.FailedContainers) | ForEach-Object { "$($_.Path -join ' > '): $($_.ErrorRecord)" }
            """).AddParameter("Path", Path.Combine(Folder, suite));
        var result = string.Join('\n', powershell.Invoke());

        Assert.True(result.StartsWith("Passed, ", StringComparison.Ordinal) && !result.StartsWith("Passed, 0", StringComparison.Ordinal), result);
    }
}
