using System.Diagnostics;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests;

public sealed class ConnectionTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Nothing_is_opened_before_the_first_use()
    {
        Assert.Empty(Directory.GetFiles(_shell.Folder));
        _shell.Run("New-IoTThing lamp").Succeeds();
        Assert.True(File.Exists(_shell.DatabasePath));
    }

    [Fact]
    public void Region_and_account_stand_in_the_names()
    {
        _shell.Run($"Connect-IoTJobs -DatabasePath '{_shell.DatabasePath}' -Region eu-west-1 -AccountId 210987654321").IsSilent();

        Assert.Equal("arn:aws:iot:eu-west-1:210987654321:thing/lamp", _shell.One("New-IoTThing lamp").ThingArn);
        Assert.Equal("arn:aws:iot:eu-west-1:210987654321:thing/lamp", _shell.Run("New-IoTJob x -Thing lamp -Document '{}'; Get-IoTJob x -Select Job.Targets").Text[^1]);
    }

    [Fact]
    public void A_path_is_relative_to_the_shells_location()
    {
        _shell.Run($"Set-Location '{_shell.Folder}' -ErrorAction SilentlyContinue");
        var connection = _shell.One($"Connect-IoTJobs '{_shell.Folder}/sub/../other.db' -PassThru");
        Assert.Equal(Path.Combine(_shell.Folder, "other.db"), connection.DatabasePath);
    }

    [Fact]
    public void A_file_that_comes_down_the_pipeline_is_connected()
    {
        var connection = _shell.One($"[pscustomobject]@{{ FullName = '{_shell.Folder}/other.db'; Region = 'eu-west-1' }} | Connect-IoTJobs -PassThru");
        Assert.Equal((Path.Combine(_shell.Folder, "other.db"), "eu-west-1"), (connection.DatabasePath, connection.Region));
        Assert.Equal(connection.DatabasePath, _shell.One($"Connect-IoTJobs '{_shell.Folder}/other.db' -PassThru | Connect-IoTJobs -PassThru").DatabasePath);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused()
    {
        var error = _shell.Run($"Connect-IoTJobs '{_shell.Folder}/no/jobs.db'").Fails("DatabaseFolderNotFound");
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }

    [Fact]
    public void Two_runspaces_share_the_database()
    {
        using var second = _shell.SecondRunspace();

        _shell.Run("New-IoTThing lamp").Succeeds();
        Assert.Equal("lamp", second.One("Get-IoTThing").ThingName);
        var other = new Thread(() => Register(second, 0));
        other.Start();
        Register(_shell, 20);
        other.Join();
        Assert.Equal(41, second.Run("Get-IoTThing").Succeeds().Output.Count);
    }

    [Fact]
    public void A_module_which_is_removed_lets_the_file_go_and_works_again_after_import()
    {
        _shell.Run("New-IoTThing lamp").Succeeds();
        _shell.Run("Remove-Module IoTJobsToolkit").Succeeds();
        using (OtherProcess.Holds(_shell.DatabasePath))
        {
        }

        _shell.Run($"Import-Module '{Shell.Manifest}' -Force; Connect-IoTJobs '{_shell.DatabasePath}'").Succeeds();
        Assert.Equal("lamp", _shell.One("Get-IoTThing").ThingName);
    }

    [Theory]
    [InlineData("Remove-Module IoTJobsToolkit")]
    [InlineData("Import-Module IoTJobsToolkit -Force")]
    public void A_module_which_one_runspace_gives_up_leaves_the_others_connected(string command)
    {
        using var second = _shell.SecondRunspace();
        _shell.Run("New-IoTThing lamp").Succeeds();

        second.Run(command.Replace("Import-Module IoTJobsToolkit", $"Import-Module '{Shell.Manifest}'", StringComparison.Ordinal)).Succeeds();
        OtherProcess.Holds(_shell.DatabasePath).Dispose();
        Assert.Equal("lamp", _shell.One("Get-IoTThing").ThingName);
    }

    [Fact]
    public void The_file_is_let_go_soon_after_the_last_pipeline()
    {
        _shell.Run("New-IoTThing lamp").Succeeds();
        Assert.Throws<IOException>(() => OtherProcess.Holds(_shell.DatabasePath));

        using var holder = WaitFor(() =>
        {
            try
            {
                return OtherProcess.Holds(_shell.DatabasePath);
            }
            catch (IOException)
            {
                return null;
            }
        });
        Assert.NotNull(holder);
    }

    [Fact]
    public void Disconnect_lets_the_file_go_at_once_and_goes_back_to_the_default_database()
    {
        _shell.Run("New-IoTThing lamp; Disconnect-IoTJobs").Succeeds();
        OtherProcess.Holds(_shell.DatabasePath).Dispose();
    }

    [Fact]
    public void A_pipeline_keeps_its_database_while_another_one_is_connected()
    {
        _shell.Run("New-IoTThing a; New-IoTThing b").Succeeds();

        var outcome = _shell.Run($"Get-IoTThingList -MaxResult 1 | ForEach-Object {{ Connect-IoTJobs '{_shell.Folder}/other.db'; $_.ThingName }}");
        Assert.Equal(["a", "b"], outcome.Succeeds().Text);
        OtherProcess.Holds(_shell.DatabasePath).Dispose();
        Assert.Empty(_shell.Run("Get-IoTThing").Succeeds().Output);
    }

    [Fact]
    public void A_database_in_use_elsewhere_is_refused_with_its_holder()
    {
        using var other = OtherProcess.Holds(_shell.DatabasePath);

        var error = _shell.Run("Get-IoTThing; 'not reached'").Fails("DatabaseInUseException");
        Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
        Assert.Equal(_shell.DatabasePath, error.TargetObject);
        Assert.Contains("4711 (portal)", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Connect-IoTJobs", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_endpoint_is_an_address() => Assert.Equal("localhost", _shell.One("Get-IoTEndpoint -EndpointType iot:Data-ATS").ToString());

    [Fact]
    public void A_large_job_goes_on_in_the_background_and_a_stopped_wait_does_not_stop_the_work()
    {
        Fleet.Create(_shell.DatabasePath, 30_000);
        _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}' -Limits None").Succeeds();

        var time = Stopwatch.StartNew();
        _shell.One("New-IoTJob big -Group fleet -Document '{}'");
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));

        using var removal = _shell.Create("Remove-IoTJob big -Force; 'not reached'");
        using var shown = new ManualResetEventSlim();
        removal.Streams.Progress.DataAdded += (_, added) =>
        {
            if (removal.Streams.Progress[added.Index].Activity == "Deleting job big")
            {
                shown.Set();
            }
        };
        var running = removal.BeginInvoke<PSObject, PSObject>(null, []);
        WaitHandle.WaitAny([shown.WaitHandle, running.AsyncWaitHandle], Deadline);
        Assert.True(shown.IsSet, "The removal was over before it could be stopped.");

        time.Restart();
        removal.Stop();
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Throws<PipelineStoppedException>(() => removal.EndInvoke(running));

        Assert.NotNull(WaitFor(() => _shell.Run("Get-IoTJob big").Errors is [var gone] ? gone : null));
    }

    [Fact]
    public void A_file_that_is_opened_again_first_does_what_is_due_and_a_stop_waits_for_its_executions()
    {
        Fleet.Create(_shell.DatabasePath, 20_000);
        _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}' -Limits None; New-IoTJob big -Group fleet -Document '{{}}'").Succeeds();

        _shell.CloseDatabase();
        Assert.Equal("20000", _shell.One("Get-IoTJob big -Select Job.JobProcessDetails.NumberOfQueuedThings").ToString());

        var outcome = _shell.Run("Stop-IoTJob big").Succeeds();
        Assert.Equal("0", _shell.One("Get-IoTJob big -Select Job.JobProcessDetails.NumberOfQueuedThings").ToString());
        Assert.All(outcome.Progress, record => Assert.InRange(record.PercentComplete, -1, 100));
    }

    [Theory]
    [InlineData("Stop-IoTJob big -PassThru", "20000 left 0")]
    [InlineData("Remove-IoTJob big -Force -PassThru", "20000 left ")]
    public void What_is_handed_on_has_settled(string command, string expected)
    {
        Fleet.Create(_shell.DatabasePath, 20_000);
        _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}' -Limits None; New-IoTJob big -Group fleet -Document '{{}}'").Succeeds();
        _shell.CloseDatabase();
        const string Left = "$(Get-IoTJob big -Select Job.JobProcessDetails.NumberOfQueuedThings -ErrorAction Ignore)";

        Assert.Equal([expected], _shell.Run($"$before = \"{Left}\"; {command} | ForEach-Object {{ \"$before left {Left}\" }}").Succeeds().Text);
    }

    [Theory]
    [InlineData("Disconnect-IoTJobs")]
    [InlineData("Connect-IoTJobs third.db")]
    public void A_database_that_cannot_be_closed_is_told(string command)
    {
        _shell.Run("New-IoTThing lamp").Succeeds();
        Faults.FailClose(_shell.DatabasePath);

        var error = _shell.Run(command.Replace("third.db", $"'{_shell.Folder}/third.db'", StringComparison.Ordinal)).Fails("DatabaseNotClosed");
        Assert.Equal(ErrorCategory.CloseError, error.CategoryInfo.Category);
        Assert.Equal(_shell.DatabasePath, error.TargetObject);
        OtherProcess.Holds(_shell.DatabasePath).Dispose();
    }

    [Fact]
    public void A_failed_engine_is_replaced_though_another_pipeline_still_uses_it()
    {
        using var second = _shell.SecondRunspace();
        _shell.Run("New-IoTThing a; New-IoTThing b").Succeeds();
        using var reading = _shell.Create("Get-IoTThingList -MaxResult 1 | ForEach-Object { if (-not $done) { $done = $true; $meanwhile.Invoke() } }");
        Outcome? meanwhile = null;
        reading.Runspace.SessionStateProxy.SetVariable("meanwhile", new Action(() =>
        {
            Faults.FailEngine(_shell.DatabasePath);
            meanwhile = second.Run("Get-IoTThing | ForEach-Object ThingName");
        }));

        reading.Invoke();
        Assert.Equal(["a", "b"], meanwhile!.Succeeds().Text);
        Assert.Equal(2, _shell.Run("Get-IoTThing").Succeeds().Output.Count);
    }

    [Fact]
    public void A_damaged_database_is_refused_as_such()
    {
        File.WriteAllText(_shell.DatabasePath, new string('x', 20_000));

        var error = _shell.Run("Get-IoTThing; 'not reached'").Fails("DatabaseDamagedException");
        Assert.Equal(ErrorCategory.OpenError, error.CategoryInfo.Category);
        Assert.Equal(_shell.DatabasePath, error.TargetObject);
    }

    private static void Register(Shell shell, int first) => shell.Run($"{first}..{first + 19} | ForEach-Object {{ New-IoTThing t-$_ }}").Succeeds();

    /// <summary>Asks again until there is an answer; what it waits for happens on another thread.</summary>
    private static T? WaitFor<T>(Func<T?> probe)
        where T : class
    {
        var time = Stopwatch.StartNew();
        T? found;
        while ((found = probe()) is null && time.Elapsed < Deadline)
        {
            Thread.Yield();
        }
        return found;
    }
}
