using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class FindThingTests : IDisposable
{
    private readonly Shell _shell;

    private FindThingTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
        New-IoTThing lamp-1 -ThingTypeName lamp -Attribute @{ firmware = 6 }; New-IoTThing lamp-2 -ThingTypeName lamp -Attribute @{ firmware = 7 }
        New-IoTThing car
        """).Succeeds();
    }

    public sealed class InProcess() : FindThingTests(Where.InProcess);

    public sealed class ThroughServer() : FindThingTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("'attributes.firmware<7 AND thingTypeName:lamp'", "lamp-1")]
    [InlineData("-ThingNamePrefix lamp- -MaxResult 1", "lamp-1 lamp-2")]
    [InlineData("-ThingNamePrefix lamp- -QueryString 'attributes.firmware:7'", "lamp-2")]
    [InlineData("'connectivity.connected:true'", "")]
    [InlineData("", "car lamp-1 lamp-2")]
    public void Things_are_found_by_query_and_by_the_beginning_of_names(string parameters, string names) =>
        Assert.Equal(
            names.Split(' ', StringSplitOptions.RemoveEmptyEntries), _shell.Run($"Find-IoTThing {parameters} | ForEach-Object ThingName").Succeeds().Text);

    [Fact]
    public void What_is_found_goes_into_other_cmdlets_and_shows_as_a_table()
    {
        _shell.Run("New-IoTThingGroup old; Find-IoTThing 'attributes.firmware<7' | Add-IoTThingToThingGroup -ThingGroupName old").Succeeds();
        Assert.Equal(["lamp-1"], _shell.Run("(Get-IoTThing -Group old).ThingName").Succeeds().Text);

        Assert.Equal("6", _shell.One<FoundThing>("Find-IoTThing 'attributes.firmware:6'").Attributes["firmware"]);
        var shown = _shell.Show("Find-IoTThing -ThingNamePrefix lamp");
        Assert.Contains("Connected", shown, StringComparison.Ordinal);
        Assert.Contains("firmware=6", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_that_cannot_be_read_is_refused_with_its_place() =>
        _shell.Run("Find-IoTThing 'colour:red'").Fails("InvalidQueryException");
}
