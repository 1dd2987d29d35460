using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ContinuousJobTests : IDisposable
{
    private const string Arns = "arn:aws:iot:us-east-1:123456789012:";

    private readonly Shell _shell;

    private ContinuousJobTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
        New-IoTThing lamp-1, lamp-2, lamp-3; New-IoTThingGroup eu; New-IoTThingGroup us
        Add-IoTThingToThingGroup lamp-1 eu; Add-IoTThingToThingGroup lamp-2 us
        New-IoTJob agent -Group eu -Document '{}' -TargetSelection CONTINUOUS
        """).Succeeds();
    }

    public sealed class InProcess() : ContinuousJobTests(Where.InProcess);

    public sealed class ThroughServer() : ContinuousJobTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_thing_that_joins_gets_the_job_and_one_that_leaves_loses_it()
    {
        _shell.Run("Add-IoTThingToThingGroup lamp-3 eu; Remove-IoTThingFromThingGroup lamp-1 eu -Force").Succeeds();

        Assert.Equal(["lamp-1 REMOVED", "lamp-3 QUEUED"], Executions("agent"));
        Assert.Equal("CONTINUOUS", _shell.One("Get-IoTJob agent -Select Job.TargetSelection").ToString());
    }

    [Fact]
    public void A_dynamic_group_brings_its_things_to_the_job()
    {
        _shell.Run("""
            New-IoTDynamicThingGroup old -QueryString 'attributes.firmware<7 AND thingTypeName:lamp'
            New-IoTJob upgrade -Group old -Document '{}' -TargetSelection CONTINUOUS
            Update-IoTThing lamp-2 -ThingTypeName Lamp -Attribute @{ firmware = 6 }; Update-IoTThing lamp-3 -Attribute @{ firmware = 6 }
            """).Succeeds();

        Assert.Equal(["lamp-2 QUEUED"], Executions("upgrade"));
    }

    [Theory]
    [InlineData("Get-IoTThing lamp-2, lamp-3 | Add-IoTTargetsWithJob agent", "thing/lamp-2 thing/lamp-3")]
    [InlineData("Get-IoTThingList | Where-Object ThingName -ne lamp-1 | Add-IoTTargetsWithJob agent", "thing/lamp-2 thing/lamp-3")]
    [InlineData("Get-IoTThingsInThingGroupList us | Add-IoTTargetsWithJob agent", "thing/lamp-2")]
    [InlineData("Get-IoTThingGroup us | Add-IoTTargetsWithJob agent", "thinggroup/us")]
    [InlineData("Get-IoTThingGroupList | Add-IoTTargetsWithJob agent", "thinggroup/us")]
    [InlineData($"'{Arns}thing/lamp-2', '{Arns}thinggroup/us' | Add-IoTTargetsWithJob agent", "thing/lamp-2 thinggroup/us")]
    [InlineData("Get-IoTThing lamp-2, lamp-3 | ForEach-Object ThingArn | Add-IoTTargetsWithJob agent -Thing lamp-2", "thing/lamp-2 thing/lamp-3")]
    [InlineData($"'agent' | Add-IoTTargetsWithJob -Target {Arns}thing/lamp-2", "thing/lamp-2")]
    [InlineData($"Add-IoTTargetsWithJob -JobId agent -Targets {Arns}thing/lamp-2, {Arns}thinggroup/us", "thing/lamp-2 thinggroup/us")]
    [InlineData("Get-IoTJob agent | Add-IoTTargetsWithJob -Thing lamp-2 -Group us", "thing/lamp-2 thinggroup/us")]
    [InlineData("[pscustomobject]@{ JobId = 'agent'; ThingName = 'lamp-3' } | Add-IoTTargetsWithJob", "thing/lamp-3")]
    public void Targets_come_as_things_groups_and_ARNs_and_are_added_at_once(string command, string added)
    {
        var answer = Assert.Single(_shell.Run($"{command} -Comment 'more of them'").Succeeds().Output);
        Assert.Equal("agent", answer.Properties["JobId"].Value);

        Assert.Equal(
            added.Split(' ').Select(name => Arns + name).Prepend($"{Arns}thinggroup/eu"),
            _shell.Run("Get-IoTJob agent -Select Job.Targets").Succeeds().Text);
        Assert.Equal("more of them", _shell.One("Get-IoTJob agent -Select Job.Comment").ToString());
        Assert.Contains("lamp-1 QUEUED", Executions("agent"));
        Assert.Equal(added.Contains("lamp-3", StringComparison.Ordinal), Executions("agent").Contains("lamp-3 QUEUED"));
        Assert.Equal(added != "thing/lamp-3", Executions("agent").Contains("lamp-2 QUEUED"));
    }

    [Fact]
    public void Rows_add_to_a_job_each()
    {
        _shell.Run("New-IoTJob other -Group us -Document '{}' -TargetSelection CONTINUOUS").Succeeds();

        Assert.Equal(["agent", "other"], _shell.Run("""
            [pscustomobject]@{ JobId = 'agent'; ThingName = 'lamp-2' }, [pscustomobject]@{ JobId = 'other'; ThingName = 'lamp-3' },
            [pscustomobject]@{ JobId = 'agent'; ThingName = 'lamp-3' } | Add-IoTTargetsWithJob -PassThru
            """).Succeeds().Text);
        Assert.Equal(["lamp-1 QUEUED", "lamp-2 QUEUED", "lamp-3 QUEUED"], Executions("agent"));
        Assert.Equal(["lamp-2 QUEUED", "lamp-3 QUEUED"], Executions("other"));
    }

    [Theory]
    [InlineData("'lamp-2' | Add-IoTTargetsWithJob agent", "TargetNotGiven", "-Thing")]
    [InlineData("Add-IoTTargetsWithJob agent", "TargetNotGiven", "-Target")]
    [InlineData("Get-IoTEndpoint | Add-IoTTargetsWithJob agent", "TargetNotGiven", "-Thing")]
    [InlineData("Add-IoTTargetsWithJob agent -Thing nobody", "ResourceNotFoundException", "Get-IoTThing")]
    [InlineData("Add-IoTTargetsWithJob none -Thing lamp-2", "ResourceNotFoundException", "Get-IoTJob")]
    [InlineData("New-IoTJob x -Thing lamp-1 -Document '{}' | Add-IoTTargetsWithJob -Thing lamp-2", "InvalidRequestException", "CONTINUOUS")]
    public void What_cannot_be_added_is_refused(string command, string id, string next)
    {
        var error = _shell.Run(command).Fails(id);

        Assert.Contains(next, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["lamp-1 QUEUED"], Executions("agent"));
    }

    [Fact]
    public void More_targets_than_a_job_may_have_are_refused_with_the_way_out()
    {
        var error = _shell.Run("1..100 | ForEach-Object { New-IoTThing \"t-$_\" } | Add-IoTTargetsWithJob agent").Fails("LimitExceededException");

        Assert.Equal(ErrorCategory.LimitsExceeded, error.CategoryInfo.Category);
        Assert.Contains("-Group", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Executions(string job) => [.. _shell
        .Run($"Get-IoTJobExecutionsForJobList {job} | ForEach-Object {{ \"$($_.ThingName) $($_.JobExecutionSummary.Status)\" }}")
        .Succeeds().Text.Order(StringComparer.Ordinal)];
}
