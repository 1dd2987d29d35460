using System.Collections;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class EventConfigurationTests : IDisposable
{
    private readonly Shell _shell;

    private EventConfigurationTests(Where where) => _shell = new(where);

    public sealed class InProcess() : EventConfigurationTests(Where.InProcess);

    public sealed class ThroughServer() : EventConfigurationTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void All_families_are_shown_and_off_at_first()
    {
        var configurations = _shell.One<DescribeEventConfigurationsResponse>("Get-IoTEventConfiguration");

        Assert.Equal(Enum.GetNames<EventType>(), configurations.EventConfigurations.Keys);
        Assert.All(configurations.EventConfigurations.Values, family => Assert.False(family.Enabled));
        Assert.Null(configurations.CreationDate);
        Assert.Equal(["False"], _shell.Run("(Get-IoTEventConfiguration).EventConfigurations.JOB.Enabled").Succeeds().Text);
        Assert.Equal(["11"], _shell.Run("(Get-IoTEventConfiguration -Select EventConfigurations).Count").Succeeds().Text);
    }

    [Theory]
    [InlineData("Update-IoTEventConfiguration @{ JOB = @{ Enabled = $true }; JOB_EXECUTION = @{ Enabled = $true } }")]
    [InlineData("Update-IoTEventConfiguration -EventConfiguration @{ JOB = $true; JOB_EXECUTION = 'true' }")]
    [InlineData("Update-IoTEventConfiguration -EventConfigurations ([ordered]@{ JOB = [pscustomobject]@{ enabled = $true }; JOB_EXECUTION = $true }) -Force")]
    [InlineData("""
        $on = [IoTJobsToolkit.Engine.Operations.Registry.EventConfiguration]@{ Enabled = $true }
        Update-IoTEventConfiguration @{ JOB = $on; JOB_EXECUTION = $on }
        """)]
    [InlineData("@{ JOB = @{ Enabled = $true }; JOB_EXECUTION = $true } | Update-IoTEventConfiguration")]
    [InlineData("[pscustomobject]@{ EventConfigurations = @{ JOB = $true; JOB_EXECUTION = $true } } | Update-IoTEventConfiguration")]
    public void Families_are_switched_on(string script)
    {
        _shell.Run("Update-IoTEventConfiguration @{ POLICY = $true }").IsSilent();

        _shell.Run(script).IsSilent();

        Assert.Equal(["JOB", "JOB_EXECUTION", "POLICY"], On());
        Assert.NotNull(_shell.One<DescribeEventConfigurationsResponse>("Get-IoTEventConfiguration").LastModifiedDate);
    }

    [Fact]
    public void What_is_kept_of_one_database_switches_another()
    {
        _shell.Run("Update-IoTEventConfiguration @{ JOB = $true }; $kept = Get-IoTEventConfiguration; Update-IoTEventConfiguration @{ JOB = $false; THING = $true }")
            .Succeeds();
        Assert.Equal(["THING"], On());

        _shell.Run("$kept | Update-IoTEventConfiguration").IsSilent();

        Assert.Equal(["JOB"], On());
    }

    [Fact]
    public void PassThru_and_Select_hand_on_what_was_given()
    {
        Assert.Equal(["JOB"], _shell.One<Hashtable>("Update-IoTEventConfiguration @{ JOB = $true } -PassThru").Keys.Cast<string>());
        Assert.Equal(["JOB"], _shell.One<Hashtable>("Update-IoTEventConfiguration @{ JOB = $false } -Select '^EventConfiguration'").Keys.Cast<string>());
        Assert.Empty(On());
    }

    [Fact]
    public void WhatIf_switches_nothing()
    {
        _shell.Run("Update-IoTEventConfiguration @{ JOB = $true } -WhatIf").IsSilent();
        Assert.Empty(On());
    }

    [Theory]
    [InlineData("@{ JOB = 'perhaps' }", "ParameterArgumentTransformationError")]
    [InlineData("@{ JOB = 1 }", "ParameterArgumentTransformationError")]
    [InlineData("@{ JOB = @{ Enable = $true } }", "ParameterArgumentTransformationError")]
    [InlineData("'JOB'", "ParameterArgumentTransformationError")]
    [InlineData("@{ JOBS = $true; JOB = $true }", "InvalidRequestException")]
    [InlineData("@{ job = $true }", "InvalidRequestException")]
    public void What_cannot_be_read_switches_nothing(string families, string error)
    {
        _shell.Run($"Update-IoTEventConfiguration {families}").Fails(error);
        Assert.Empty(On());
    }

    private IEnumerable<string> On() => _shell.One<DescribeEventConfigurationsResponse>("Get-IoTEventConfiguration").EventConfigurations
        .Where(family => family.Value.Enabled == true).Select(family => family.Key);
}
