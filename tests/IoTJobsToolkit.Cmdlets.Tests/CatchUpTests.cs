using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>A file which was closed for weeks: the first answer is that of now.</summary>
public sealed class CatchUpTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Ago = TimeSpan.FromDays(40);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Shell _shell = new();
    private DateTimeOffset _began;

    /// <summary>Leaves a running execution with a timer, and jobs which were to start and to end after the file was closed.</summary>
    public async ValueTask InitializeAsync()
    {
        using var earlier = new EarlierEngine(_shell.DatabasePath, Ago);
        _began = earlier.Began;
        await earlier.CreateThings("a", "b");
        await earlier.CreateJob("timed", ["a"], job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 } });
        await earlier.RunAs("a", new StartNextPendingJobExecution("a"));
        await earlier.CreateJob("later", ["b"], job => job with { SchedulingConfig = new() { StartTime = earlier.In(Hour) } });
        await earlier.CreateJob("over", ["b"], job => job with
        {
            SchedulingConfig = new() { StartTime = earlier.In(Hour), EndTime = earlier.In(2 * Hour), EndBehavior = JobEndBehavior.CANCEL },
        });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("'timed', 'later', 'over' | Get-IoTJob | ForEach-Object { \"$($_.JobId) $($_.Status)\" }", "timed COMPLETED, later IN_PROGRESS, over COMPLETED")]
    [InlineData("Get-IoTJob | ForEach-Object JobId", "later, over, timed")]
    [InlineData("Get-IoTJobList -Status IN_PROGRESS | ForEach-Object JobId", "later")]
    [InlineData("Get-IoTJobList -Status SCHEDULED | ForEach-Object JobId", "")]
    [InlineData("Get-IoTJobExecution timed a | ForEach-Object Status", "TIMED_OUT")]
    [InlineData("Get-IoTJobExecutionsForThingList b | ForEach-Object { \"$($_.JobId) $($_.Status)\" }", "over CANCELED, later QUEUED")]
    [InlineData("(Get-IoTJPendingJobExecution b).QueuedJobs | ForEach-Object JobId", "later")]
    [InlineData("Start-IoTJNextPendingJobExecution b | ForEach-Object JobId", "later")]
    public void The_first_answer_knows_what_has_happened(string command, string expected) => Assert.Equal(
        expected.Split(", ").Order(StringComparer.Ordinal), _shell.Run(command).Succeeds().Text.DefaultIfEmpty("").Order(StringComparer.Ordinal));

    [Fact]
    public void All_of_it_happened_at_its_own_time()
    {
        Assert.Equal(_began + Hour, _shell.One<JobExecutionDetail>("Get-IoTJobExecution timed a").LastUpdatedAt);
        Assert.Equal(_began + Hour, _shell.One<JobExecutionDetail>("Get-IoTJobExecution later b").QueuedAt);
        Assert.Equal(_began + 2 * Hour, _shell.One<JobExecutionDetail>("Get-IoTJobExecution over b").LastUpdatedAt);
        Assert.Equal(_began + 2 * Hour, _shell.One<JobDetail>("Get-IoTJob over -Select Job").CompletedAt);
    }

    [Theory]
    [InlineData("Update-IoTJJobExecution timed a SUCCEEDED", "InvalidStateTransitionException")]
    [InlineData("Stop-IoTJob over", "InvalidRequestException")]
    [InlineData("New-IoTThingGroup g; Add-IoTTargetsWithJob over -Group g", "InvalidRequestException")]
    public void A_change_that_comes_first_comes_too_late(string command, string refusal) => _shell.Run(command).Fails(refusal);

    [Theory]
    [InlineData(90, "new")]
    [InlineData(365, "new, old")]
    [InlineData(5, "")]
    public async Task What_ended_longer_ago_than_is_retained_is_gone_at_once(int days, string left)
    {
        var path = Path.Combine(_shell.Folder, "retained.db");
        using (var earlier = new EarlierEngine(path, TimeSpan.FromDays(100)))
        {
            await earlier.CreateThings("a");
            await earlier.CreateJob("old", ["a"]);
            await earlier.CreateJob("new", ["a"]);
            await earlier.EndJob("old");
            earlier.Clock.Advance(TimeSpan.FromDays(30));
            await earlier.EndJob("new");
        }
        _shell.Run($"Connect-IoTJobs '{path}' -RetentionDays {days}").Succeeds();

        Assert.Equal(left, string.Join(", ", _shell.Run("Get-IoTJob | ForEach-Object JobId").Succeeds().Text.Order(StringComparer.Ordinal)));
        Assert.Equal(
            left, string.Join(", ", _shell.Run("Get-IoTJobExecutionsForThingList a | ForEach-Object JobId").Succeeds().Text.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_dynamic_group_that_was_being_built_is_whole_before_the_first_answer()
    {
        var path = Path.Combine(_shell.Folder, "building.db");
        Fleet.Create(path, 5_000);
        using (var earlier = new EarlierEngine(path, Hour))
        {
            await earlier.Run(new CreateDynamicThingGroup("odd", "thingName:t*1"));
        }
        _shell.Run($"Connect-IoTJobs '{path}'").Succeeds();

        Assert.Equal("500", _shell.Run("$n = 0; Get-IoTThingsInThingGroupList odd | ForEach-Object { $n++ }; $n").Succeeds().Text[^1]);
        Assert.Equal("ACTIVE", _shell.One("Get-IoTThingGroup odd").Status.ToString());
    }
}
