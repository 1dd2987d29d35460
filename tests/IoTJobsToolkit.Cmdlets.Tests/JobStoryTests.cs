namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>The commands of the guide "Creating and managing jobs", from creation to deletion.</summary>
public abstract class JobStoryTests : IDisposable
{
    private const string Configurations = """
        -TimeoutConfig_InProgressTimeoutInMinutes 100
        -JobExecutionsRolloutConfig_ExponentialRate @{ baseRatePerMinute = 50; incrementFactor = 2; rateIncreaseCriteria = @{ numberOfNotifiedThings = 1000; numberOfSucceededThings = 1000 }; maximumPerMinute = 1000 }
        -AbortConfig_CriteriaList @{ action = 'CANCEL'; failureType = 'FAILED'; minNumberOfExecutedThings = 100; thresholdPercentage = 20 }, @{ action = 'CANCEL'; failureType = 'TIMED_OUT'; minNumberOfExecutedThings = 200; thresholdPercentage = 50 }
        -PresignedUrlConfig_RoleArn arn:aws:iam::123456789012:role/S3DownloadRole -PresignedUrlConfig_ExpiresInSec 3600
        """;

    private readonly Shell _shell;

    private JobStoryTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing thingOne; New-IoTThing thingTwo").Succeeds();
    }

    public sealed class InProcess() : JobStoryTests(Where.InProcess);

    public sealed class ThroughServer() : JobStoryTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_guides_commands_do_what_the_guide_says()
    {
        var document = """{"operation":"install","url":"http://amazon.com/firmWareUpate-01"}""";
        var created = _shell.One($"""
            New-IoTJob 010 -Targets arn:aws:iot:us-east-1:123456789012:thing/thingOne -Document '{document}' {OneLine(Configurations)}
            """);
        Assert.Equal("arn:aws:iot:us-east-1:123456789012:job/010", created.JobArn);

        var described = _shell.One("Get-IoTJob 010");
        Assert.Equal("IN_PROGRESS", described.Status.ToString());
        Assert.Equal(1, described.Job.JobProcessDetails.NumberOfQueuedThings);
        Assert.Equal(100, described.Job.TimeoutConfig.InProgressTimeoutInMinutes);
        Assert.Equal(1000, described.Job.JobExecutionsRolloutConfig.MaximumPerMinute);
        Assert.Equal(["FAILED", "TIMED_OUT"], _shell.Run("Get-IoTJob 010 -Select Job.AbortConfig.CriteriaList.FailureType").Text);
        Assert.Equal(3600, described.Job.PresignedUrlConfig.ExpiresInSec);

        Assert.Equal(document, Assert.Single(_shell.Run("Get-IoTJobDocument 010").Succeeds().Text));
        Assert.Equal("thingOne", _shell.One("Get-IoTJobExecutionsForJobList 010").ThingName);
        Assert.Equal("010", _shell.One("Get-IoTJobExecutionsForThingList thingOne").JobId);

        var started = _shell.One("Start-IoTJNextPendingJobExecution thingOne");
        Assert.Equal(document, started.JobDocument);
        _shell.Run("Update-IoTJJobExecution 010 thingOne IN_PROGRESS -StatusDetails @{ percentComplete = 10 }").IsSilent();
        var execution = _shell.One("Get-IoTJobExecution 010 -ThingName thingOne");
        Assert.Equal("10", execution.StatusDetails.DetailsMap["percentComplete"]);
        Assert.Equal(3, execution.VersionNumber);

        _shell.Run($"Update-IoTJob 010 -Description 'updated description' {OneLine(Configurations)}").IsSilent();
        Assert.Equal("updated description", _shell.One("Get-IoTJob 010 -Select Job.Description").ToString());

        _shell.Run("Stop-IoTJobExecution 010 thingOne").Fails("InvalidStateTransitionException");
        _shell.Run("Remove-IoTJobExecution 010 thingOne 1 -Confirm:$false").Fails("InvalidStateTransitionException");
        _shell.Run("Remove-IoTJob 010 -Confirm:$false").Fails("InvalidStateTransitionException");

        _shell.Run("Update-IoTJJobExecution 010 thingOne SUCCEEDED").IsSilent();
        Assert.Equal("COMPLETED", _shell.One("Get-IoTJob 010").Status.ToString());
        _shell.Run("Stop-IoTJob 010").Fails("InvalidRequestException");
        Assert.Equal(["010"], _shell.Run("Get-IoTJobList -Status SUCCEEDED -Select Jobs.JobId").Succeeds().Text);
        Assert.Equal(["010"], _shell.Run("Get-IoTJobList -Status COMPLETED | ForEach-Object JobId").Succeeds().Text);

        _shell.Run("Remove-IoTJob 010 -Confirm:$false").IsSilent();
        _shell.Run("Get-IoTJob 010").Fails("ResourceNotFoundException");
    }

    [Fact]
    public void Cancel_leaves_a_running_execution_alone_unless_forced()
    {
        _shell.Run("New-IoTJob 013 -Thing thingOne, thingTwo -Document '{}'; Start-IoTJNextPendingJobExecution thingOne").Succeeds();

        _shell.Run("Stop-IoTJob 013 -ReasonCode WRONG_BUILD -Comment 'see ticket'").IsSilent();
        Assert.Equal(["IN_PROGRESS", "CANCELED"], Statuses());
        Assert.Equal("WRONG_BUILD", _shell.One("Get-IoTJob 013").Job.ReasonCode);

        _shell.Run("Stop-IoTJob 013 -Force").IsSilent();
        Assert.Equal(["CANCELED", "CANCELED"], Statuses());
        _shell.Run("Update-IoTJJobExecution 013 thingOne SUCCEEDED").Fails("InvalidStateTransitionException");
    }

    [Fact]
    public void A_single_execution_is_canceled_and_deleted_by_the_same_rules()
    {
        _shell.Run("New-IoTJob 017 -Thing thingOne, thingTwo -Document '{}'; Start-IoTJNextPendingJobExecution thingOne").Succeeds();

        _shell.Run("Stop-IoTJobExecution 017 thingTwo -StatusDetail @{ why = 'spare' }").IsSilent();
        Assert.Equal("spare", _shell.One("Get-IoTJobExecution 017 thingTwo").StatusDetails.DetailsMap["why"]);
        _shell.Run("Stop-IoTJobExecution 017 thingTwo -Force").Fails("InvalidStateTransitionException");
        _shell.Run("Stop-IoTJobExecution 017 thingOne -ExpectedVersion 7 -Force").Fails("VersionConflictException");
        _shell.Run("Remove-IoTJobExecution 017 thingOne -Force").IsSilent();
        _shell.Run("Get-IoTJobExecution 017 thingOne").Fails("ResourceNotFoundException");
        Assert.Equal(["CANCELED"], _shell.Run("Get-IoTJobExecutionsForJobList 017 | ForEach-Object Status").Text);
    }

    [Fact]
    public void An_active_job_is_deleted_only_with_force()
    {
        _shell.Run("New-IoTJob 018 -Thing thingOne -Document '{}'").Succeeds();

        var error = _shell.Run("Remove-IoTJob 018 -Confirm:$false").Fails("InvalidStateTransitionException");
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["018"], _shell.Run("Remove-IoTJob 018 -Force -PassThru").Succeeds().Text);
        _shell.Run("Get-IoTJobDocument 018").Fails("ResourceNotFoundException");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private IReadOnlyList<string> Statuses() =>
        _shell.Run("Get-IoTJobExecutionsForJobList 013 | ForEach-Object Status").Succeeds().Text;
}
