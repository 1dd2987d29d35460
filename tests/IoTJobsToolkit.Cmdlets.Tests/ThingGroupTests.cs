using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ThingGroupTests : IDisposable
{
    private readonly Shell _shell;

    private ThingGroupTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
        New-IoTThing lamp-1 -Attribute @{ site = 'eu1' }; New-IoTThing lamp-2 -Attribute @{ site = 'us1' }
        New-IoTThingGroup eu -Description 'All of Europe' -Attribute @{ a = 1; b = 2 }
        New-IoTThingGroup us; New-IoTThingGroup spare
        """).Succeeds();
    }

    public sealed class InProcess() : ThingGroupTests(Where.InProcess);

    public sealed class ThroughServer() : ThingGroupTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("-Description 'Europe'", "Europe", "a=1 b=2")]
    [InlineData("-ThingGroupProperties_ThingGroupDescription 'Europe'", "Europe", "a=1 b=2")]
    [InlineData("-Attribute @{ c = 3 }", "All of Europe", "c=3")]
    [InlineData("-Attribute @{ b = 3 } -Merge", "All of Europe", "a=1 b=3")]
    [InlineData("-ThingGroupProperties_AttributePayload @{ Attributes = @{ a = '' }; Merge = $true } -ExpectedVersion 1", "All of Europe", "b=2")]
    public void A_group_changes_what_is_given_and_its_version_is_written(string change, string description, string attributes)
    {
        Assert.Equal(["2"], _shell.Run($"Update-IoTThingGroup eu {change}").Succeeds().Text);

        var group = _shell.One<DescribeThingGroupResponse>("Get-IoTThingGroup eu");
        Assert.Equal(description, group.ThingGroupProperties.ThingGroupDescription);
        Assert.Equal(attributes, string.Join(' ', group.ThingGroupProperties.AttributePayload!.Attributes!.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal)));
        Assert.Equal(2, group.Version);
    }

    [Fact]
    public void Groups_change_as_they_come_down_the_pipeline()
    {
        Assert.Equal(["eu", "us"], _shell.Run("Get-IoTThingGroup eu, us | Update-IoTThingGroup -Description x -PassThru").Succeeds().Text);
        _shell.Run("Update-IoTThingGroup eu -ExpectedVersion 1 -Description y").Fails("VersionConflictException");
    }

    [Fact]
    public void A_thing_moves_between_groups_in_one_step()
    {
        _shell.Run("Add-IoTThingToThingGroup lamp-1 eu").Succeeds();

        _shell.Run("Update-IoTThingGroupsForThing lamp-1 -ThingGroupsToRemove eu -ThingGroupsToAdd us, spare").IsSilent();
        Assert.Equal(["spare", "us"], Groups("lamp-1"));
        _shell.Run("Update-IoTThingGroupsForThing lamp-1 -Remove us -Add eu, nowhere").Fails("ResourceNotFoundException");
        Assert.Equal(["spare", "us"], Groups("lamp-1"));
        Assert.Equal(["lamp-1", "lamp-2"], _shell.Run("Get-IoTThing lamp-* | Update-IoTThingGroupsForThing -Add eu -Remove us -PassThru").Succeeds().Text);
        Assert.Equal(["eu", "spare"], Groups("lamp-1"));
        Assert.Equal(["eu"], Groups("lamp-2"));
    }

    [Fact]
    public void A_dynamic_group_has_the_things_that_match_now_and_later()
    {
        var created = _shell.One<CreateDynamicThingGroupResponse>("New-IoTDynamicThingGroup sites -QueryString 'attributes.site:eu*' -Description d -Tag @{ Key = 'k' }");
        Assert.Equal("arn:aws:iot:us-east-1:123456789012:thinggroup/sites", created.ThingGroupArn);
        Assert.Equal("AWS_Things", created.IndexName);
        Assert.Equal(["lamp-1"], Members());

        _shell.Run("Update-IoTThing lamp-2 -Attribute @{ site = 'eu2' }; New-IoTThing car -Attribute @{ site = 'EU3' }").Succeeds();
        Assert.Equal(["car", "lamp-1", "lamp-2"], Members());
        _shell.Run("Update-IoTThing lamp-1 -Attribute @{ site = 'us2' }").Succeeds();
        Assert.Equal(["car", "lamp-2"], Members());

        var group = _shell.One<DescribeThingGroupResponse>("Get-IoTThingGroup sites");
        Assert.Equal(("attributes.site:eu*", "ACTIVE", "d"), (group.QueryString, group.Status.ToString(), group.ThingGroupProperties.ThingGroupDescription));
    }

    [Fact]
    public void A_dynamic_group_gets_another_query_and_goes()
    {
        _shell.Run("New-IoTDynamicThingGroup sites -QueryString 'attributes.site:eu*'").Succeeds();

        Assert.Equal(["2"], _shell.Run("Update-IoTDynamicThingGroup sites -QueryString 'attributes.site:us*'").Succeeds().Text);
        Assert.Equal(["lamp-2"], Members());
        Assert.Equal(["3"], _shell.Run("Get-IoTThingGroup sites | Update-IoTDynamicThingGroup -Description x -ExpectedVersion 2").Succeeds().Text);
        Assert.Equal("attributes.site:us*", _shell.One("Get-IoTThingGroup sites").QueryString);

        _shell.Run("Remove-IoTDynamicThingGroup sites -ExpectedVersion 2 -Force").Fails("VersionConflictException");
        Assert.Equal(["sites"], _shell.Run("Get-IoTThingGroup sites | Remove-IoTDynamicThingGroup -Force -PassThru").Succeeds().Text);
        Assert.Equal(["eu", "spare", "us"], _shell.Run("Get-IoTThingGroup | ForEach-Object ThingGroupName").Succeeds().Text);
    }

    [Fact]
    public void A_dynamic_group_of_many_things_is_whole_for_the_next_command()
    {
        _shell.CloseDatabase();
        Fleet.Create(_shell.DatabasePath, 5_000);

        _shell.Run("New-IoTDynamicThingGroup odd -QueryString 'thingName:t*1'").Succeeds();
        Assert.Equal("500", _shell.Run("$n = 0; Get-IoTThing -Group odd | ForEach-Object { $n++ }; $n").Succeeds().Text[^1]);
    }

    [Theory]
    [InlineData("Update-IoTThingGroup sites -Description x", "InvalidRequestException", "IoTDynamicThingGroup")]
    [InlineData("Remove-IoTThingGroup sites -Force", "InvalidRequestException", "IoTDynamicThingGroup")]
    [InlineData("New-IoTThingGroup below -ParentGroupName eu | Out-Null; Remove-IoTThingGroup eu -Force", "InvalidRequestException", "groups below")]
    [InlineData("Update-IoTThingGroup eu -Attribute @{ a = 'two words' }", "InvalidRequestException", "Correct -Attribute.")]
    [InlineData("Update-IoTDynamicThingGroup eu -QueryString x", "InvalidRequestException", "IoTDynamicThingGroup")]
    [InlineData("Remove-IoTDynamicThingGroup eu -Force", "InvalidRequestException", "IoTDynamicThingGroup")]
    [InlineData("New-IoTDynamicThingGroup x -QueryString 'attributes.a:('", "InvalidQueryException", "-QueryString")]
    [InlineData("New-IoTDynamicThingGroup x -QueryString a -IndexName mine", "ResourceNotFoundException", "")]
    [InlineData("Update-IoTThingGroupsForThing lamp-1 -Remove sites", "InvalidRequestException", "")]
    public void A_refusal_names_the_way_out(string command, string id, string next)
    {
        _shell.Run("New-IoTDynamicThingGroup sites -QueryString 'attributes.site:eu*'").Succeeds();

        Assert.Contains(next, _shell.Run(command).Fails(id).ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private IEnumerable<string> Members() => _shell.Run("Get-IoTThing -Group sites | ForEach-Object ThingName").Succeeds().Text.Order(StringComparer.Ordinal);

    private IEnumerable<string> Groups(string thing) =>
        _shell.Run($"Get-IoTThingGroupsForThingList {thing} | ForEach-Object GroupName").Succeeds().Text.Order(StringComparer.Ordinal);
}
