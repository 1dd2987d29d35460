namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class TagTests : IDisposable
{
    private readonly Shell _shell;

    private TagTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
        New-IoTThing lamp; New-IoTThingGroup eu; New-IoTJob fw-7 -Thing lamp -Document '{}'
        New-IoTJobTemplate 010 -Description d -Document '{}'
        Get-IoTJobTemplate 010 | New-IoTJob -JobId fw-8 -Thing lamp
        """).Succeeds();
    }

    public sealed class InProcess() : TagTests(Where.InProcess);

    public sealed class ThroughServer() : TagTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTJob fw-7", "job/fw-7")]
    [InlineData("Get-IoTJob fw-7 -Select Job", "job/fw-7")]
    [InlineData("Get-IoTJob fw-8 -Select Job", "job/fw-8")] // Which has the ARN of its template, too.
    [InlineData("Get-IoTJobList | Where-Object JobId -eq fw-7", "job/fw-7")]
    [InlineData("Get-IoTJobTemplate 010", "jobtemplate/010")]
    [InlineData("Get-IoTJobTemplateList", "jobtemplate/010")]
    [InlineData("Get-IoTThingGroup eu", "thinggroup/eu")]
    [InlineData("Get-IoTThingGroupList", "thinggroup/eu")]
    [InlineData("'arn:aws:iot:us-east-1:123456789012:job/fw-7'", "job/fw-7")]
    public void Whatever_has_tags_pipes_in_by_its_ARN(string source, string resource)
    {
        _shell.Run($"{source} | Add-IoTResourceTag -Tag @{{ Key = 'team'; Value = 'ops' }}, @{{ Key = 'x' }}").IsSilent();

        Assert.Equal(["team=ops", "x="], Tags(resource));
        Assert.Equal(["team", "x"], _shell.Run($"{source} | Get-IoTTagListForResource | ForEach-Object Key").Text);
        _shell.Run($"{source} | Remove-IoTResourceTag -TagKeys x, none -Force").IsSilent();
        Assert.Equal(["team=ops"], Tags(resource));
    }

    [Theory]
    [InlineData("@{ team = 'ops'; n = 1 }")]
    [InlineData("@{ Key = 'n'; Value = '1' }, @{ Key = 'team'; Value = 'ops' }")]
    [InlineData("@{ n = 1 }, @{ Key = 'team'; Value = 'ops' }")]
    [InlineData("([pscustomobject]@{ Key = 'n'; Value = '1' }), @{ team = 'ops' }")]
    [InlineData("([ordered]@{ team = 'ops'; n = 1 })")]
    public void Tags_are_written_as_a_person_does_or_as_AWS_does(string tags)
    {
        _shell.Run($"Get-IoTJob fw-7 | Add-IoTResourceTag -Tag {tags}; New-IoTThingGroup us -Tags {tags}; New-IoTJob fw-9 -Thing lamp -Document '{{}}' -Tag {tags}").Succeeds();

        Assert.All(["job/fw-7", "thinggroup/us", "job/fw-9"], resource => Assert.Equal(["n=1", "team=ops"], Tags(resource)));
    }

    [Fact]
    public void Tags_pipe_from_one_resource_to_another_and_away()
    {
        _shell.Run($"Add-IoTResourceTag {Arn("job/fw-7")} -Tags @{{ Key = 'a'; Value = '1' }}, @{{ Key = 'b'; Value = '2' }}").IsSilent();

        _shell.Run($"Get-IoTResourceTagList {Arn("job/fw-7")} | Add-IoTResourceTag {Arn("thinggroup/eu")}").IsSilent();
        Assert.Equal(["a=1", "b=2"], Tags("thinggroup/eu"));
        _shell.Run($"Get-IoTResourceTagList {Arn("job/fw-7")} | Remove-IoTResourceTag {Arn("thinggroup/eu")} -Force").IsSilent();
        Assert.Empty(Tags("thinggroup/eu"));
        Assert.Equal([Arn("job/fw-7")], _shell.Run($"Add-IoTResourceTag {Arn("job/fw-7")} -Tag @{{ Key = 'c' }} -PassThru").Succeeds().Text);
    }

    [Fact]
    public void What_cannot_have_tags_is_refused() =>
        _shell.Run($"Add-IoTResourceTag {Arn("thing/lamp")} -Tag @{{ Key = 'a' }}").Fails("InvalidRequestException");

    private static string Arn(string resource) => $"arn:aws:iot:us-east-1:123456789012:{resource}";

    private IReadOnlyList<string> Tags(string resource) =>
        _shell.Run($"Get-IoTTagListForResource {Arn(resource)} | ForEach-Object {{ \"$($_.Key)=$($_.Value)\" }}").Succeeds().Text;
}
