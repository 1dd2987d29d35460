namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>The module in several runspaces, in parallel, under a prefix, imported again and removed.</summary>
public abstract class RunspaceTests : IDisposable
{
    private readonly Shell _shell;

    private RunspaceTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing (1..6 | ForEach-Object { \"lamp-$_\" }); Get-IoTThing | New-IoTJob -JobId x -Document '{}'").Succeeds();
    }

    public sealed class InProcess() : RunspaceTests(Where.InProcess)
    {
        [Theory]
        [InlineData("Remove-Module IoTJobsToolkit")]
        [InlineData("Get-IoTThingList -MaxResult 1 | Select-Object -First 1; Remove-Module IoTJobsToolkit")]
        [InlineData("1..3 | ForEach-Object -Parallel { Import-Module MANIFEST; Get-IoTThing }; Remove-Module IoTJobsToolkit")]
        [InlineData("Get-Module IoTJobsToolkit | Remove-Module -Force")]
        public void Remove_Module_lets_the_file_go_at_once(string command)
        {
            _shell.Run(command.Replace("MANIFEST", Shell.Manifest, StringComparison.Ordinal)).Succeeds();
            OtherProcess.Holds(_shell.DatabasePath).Dispose();
            _shell.Run($"Import-Module '{Shell.Manifest}'").Succeeds();
        }
    }

    public sealed class ThroughServer() : RunspaceTests(Where.ThroughServer)
    {
        [Fact]
        public void Remove_Module_closes_the_connections_to_servers()
        {
            _shell.Run("Get-IoTThing").Succeeds();
            Assert.NotEmpty(OpenClients());

            _shell.Run("Remove-Module IoTJobsToolkit").Succeeds();
            Assert.Empty(OpenClients());
            _shell.Run($"Import-Module '{Shell.Manifest}'").Succeeds();
        }

        [Fact]
        public void A_runspace_that_closes_leaves_the_others_connected()
        {
            using (var second = _shell.SecondRunspace())
            {
                Assert.Equal(6, second.Run("Get-IoTThing").Succeeds().Output.Count);
            }
            Assert.Equal(6, _shell.Run("Get-IoTThing").Succeeds().Output.Count);
            Assert.NotEmpty(OpenClients());
        }

        private static List<object> OpenClients()
        {
            var open = ModuleAssembly.Get("Connection.Remote.RemoteClients")
                .GetField("Open", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.GetValue(null)!;
            return [.. ((System.Collections.IEnumerable)open).Cast<object>()];
        }
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Parallel_blocks_share_the_connection()
    {
        var outcome = _shell.Run($$"""
            $status = 'SUCCEEDED'
            Get-IoTThing | ForEach-Object -ThrottleLimit 3 -Parallel {
                Import-Module '{{Shell.Manifest}}'
                Update-IoTJJobExecution x $_.ThingName $using:status
                (Get-IoTJobExecution x $_.ThingName).Status
            }
            """).Succeeds();

        Assert.Equal(Enumerable.Repeat("SUCCEEDED", 6), outcome.Text);
        Assert.Equal("COMPLETED", _shell.One("Get-IoTJob x").Status.ToString());
    }

    [Fact]
    public void Two_runspaces_change_different_things_at_the_same_time()
    {
        using var second = _shell.SecondRunspace();
        using var one = new RunningScript(_shell, "1..20 | ForEach-Object { New-IoTThing \"a-$_\" }");
        using var two = new RunningScript(second, "1..20 | ForEach-Object { New-IoTThing \"b-$_\" }");

        Assert.Equal(20, one.End().Succeeds().Output.Count);
        Assert.Equal(20, two.End().Succeeds().Output.Count);
        Assert.Equal(46, _shell.Run("Get-IoTThing").Succeeds().Output.Count);
    }

    [Fact]
    public void Import_with_force_works_in_the_middle_of_a_session()
    {
        _shell.Run($"Import-Module '{Shell.Manifest}' -Force").Succeeds();

        Assert.Equal(6, _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}'; Get-IoTThing").Succeeds().Output.Count);
    }

    [Fact]
    public void Cmdlets_work_under_a_prefix()
    {
        _shell.Run($"Remove-Module IoTJobsToolkit; Import-Module '{Shell.Manifest}' -Prefix Fleet; Connect-FleetIoTJobs '{_shell.DatabasePath}'").Succeeds();

        Assert.Equal(6, _shell.Run("Get-FleetIoTThing").Succeeds().Output.Count);
        Assert.Equal("x", _shell.One("Get-FleetIoTJob | Wait-FleetIoTJob -Until IN_PROGRESS -AsJob | Receive-Job -Wait -AutoRemoveJob").JobId);
        Assert.Equal("IN_PROGRESS", _shell.One("Watch-FleetIoTJob x | Select-Object -First 1").Status.ToString());
        _shell.Run($"Remove-Module IoTJobsToolkit; Import-Module '{Shell.Manifest}'").Succeeds();
    }
}
