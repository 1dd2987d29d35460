using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Pipelines of any length: nothing is read that nobody wants, nothing is kept that has gone by.</summary>
public abstract class LongPipelineTests : IDisposable
{
    private readonly Shell _shell;

    private LongPipelineTests(Where where) => _shell = new(where);

    public sealed class InProcess() : LongPipelineTests(Where.InProcess)
    {
        [Fact]
        public void Memory_does_not_grow_with_the_length_of_a_pipeline()
        {
            Fleet.Create(_shell.DatabasePath, 30_000);
            _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}' -Limits None; New-IoTJob x -Group fleet -Document '{{}}'; Wait-IoTJob x 'QUEUED = 30000'").Succeeds();

            var sizes = _shell.Run("""
                $n = 0
                Get-IoTJobExecutionsForJobList x | Where-Object Status -eq QUEUED | ForEach-Object { if ($n++ % 7000 -eq 6999) { $sizes += , [GC]::GetTotalMemory($true) }; $_ } |
                    Stop-IoTJobExecution
                $sizes
                """).Succeeds().Output.Select(size => (long)size.BaseObject).ToList();
            Assert.Equal(4, sizes.Count);
            // The store keeps what it needs of the things used last, half a kilobyte each; the objects of the pipeline would be several.
            Assert.InRange(sizes[^1] - sizes[0], long.MinValue, 20_000_000);
            Assert.Equal("30000", _shell.One("Get-IoTJob x -Select Job.JobProcessDetails.NumberOfCanceledThings").ToString());
        }

        [Theory]
        [InlineData("-ErrorAction Stop", "t000000 t000002")]
        [InlineData("-ErrorAction SilentlyContinue", "t000000")]
        public void Whoever_stops_at_the_first_error_has_nothing_done_after_it(string preference, string left)
        {
            Fleet.Create(_shell.DatabasePath, 3);
            _shell.Run("New-IoTJob x -Group fleet -Document '{}'; Update-IoTJJobExecution x t000000 IN_PROGRESS; Stop-IoTJobExecution x t000001").Succeeds();

            _shell.Run($"Get-IoTJobExecutionsForJobList x | Stop-IoTJobExecution {preference}");
            Assert.Equal(
                left, string.Join(' ', _shell.Run("Get-IoTJobExecutionsForJobList x | Where-Object Status -ne CANCELED | ForEach-Object ThingName").Succeeds().Text));
        }
    }

    public sealed class ThroughServer() : LongPipelineTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTThingList -MaxResult 2", "ListThings", "GET /things", 2)]
    [InlineData("Get-IoTThing t*", "ListThings", "GET /things", 1)]
    [InlineData("Get-IoTThing -Group fleet", "ListThingsInThingGroup", "GET /thing-groups/fleet/things", 1)]
    [InlineData("Get-IoTJobExecutionsForJobList x -MaxResult 3", "ListJobExecutionsForJob", "GET /jobs/x/things", 1)]
    [InlineData("Get-IoTThingList -MaxResult 3 | Get-IoTThing", "ListThings", "GET /things", 1)]
    public void Select_Object_First_ends_the_paging_at_once(string command, string operation, string request, int pages)
    {
        Fleet.Create(_shell.DatabasePath, 1_000);
        _shell.Run("New-IoTJob x -Group fleet -Document '{}'; Wait-IoTJob x 'QUEUED = 1000'").Succeeds();
        var before = _shell.Requests?.Count(seen => seen == request);

        using var powershell = _shell.Create($"$DebugPreference = 'Continue'; {command} | Select-Object -First 3");
        Assert.Equal(3, powershell.Invoke().Count);
        Assert.Equal(pages, powershell.Streams.Debug.Count(line => line.Message.StartsWith(operation + " ", StringComparison.Ordinal)));
        Assert.Equal(before + pages, _shell.Requests?.Count(seen => seen == request));
    }

    [Fact]
    public void Each_refusal_of_a_long_pipeline_is_told_and_the_rest_is_done()
    {
        Fleet.Create(_shell.DatabasePath, 700);
        _shell.Run("""
            New-IoTJob x -Group fleet -Document '{}'; Wait-IoTJob x 'QUEUED = 700'
            't000003', 't000500' | ForEach-Object { Update-IoTJJobExecution x $_ IN_PROGRESS }
            """).Succeeds();

        var outcome = _shell.Run("Get-IoTJobExecutionsForJobList x | Stop-IoTJobExecution");
        Assert.Equal(["t000003", "t000500"], outcome.Errors.Select(error => error.TargetObject.ToString()));
        Assert.All(outcome.Errors, error => Assert.Equal("InvalidStateTransitionException,IoTJobsToolkit.Cmdlets.StopIoTJobExecutionCommand", error.FullyQualifiedErrorId));
        Assert.Equal("698", _shell.One("Get-IoTJob x -Select Job.JobProcessDetails.NumberOfCanceledThings").ToString());
        Assert.Null(outcome.Terminated);
        Assert.IsType<ErrorRecord>(outcome.Errors[0]);
    }
}
