namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class SafetyTests : IDisposable
{
    private readonly Shell _shell;

    private SafetyTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
        New-IoTThing lamp; New-IoTThingGroup eu; New-IoTThingGroup us; Add-IoTThingToThingGroup lamp eu
        New-IoTJob fw-7 -Thing lamp -Document '{}'
        New-IoTJobTemplate 010 -Description d -Document '{}' -Tag @{ Key = 'team' }
        New-IoTDynamicThingGroup all -QueryString *
        """).Succeeds();
    }

    public sealed class InProcess() : SafetyTests(Where.InProcess);

    public sealed class ThroughServer() : SafetyTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void WhatIf_at_the_end_of_a_reading_pipeline_leaves_the_data_alone_too()
    {
        var before = _shell.Fingerprint(andLog: false);

        _shell.Run("Get-IoTJobList | Stop-IoTJob -Force -WhatIf; Get-IoTThingList | New-IoTJob -JobId x -Document '{}' -WhatIf").IsSilent();

        Assert.Equal(before, _shell.Fingerprint(andLog: false));
    }

    [Theory]
    [InlineData("Remove-IoTJob fw-7 -Enforce $true")]
    [InlineData("Remove-IoTJobExecution fw-7 lamp")]
    [InlineData("Remove-IoTThing lamp")]
    [InlineData("Remove-IoTThingGroup us")]
    [InlineData("Remove-IoTJobTemplate 010")]
    [InlineData("Remove-IoTResourceTag arn:aws:iot:us-east-1:123456789012:jobtemplate/010 -TagKey team")]
    [InlineData("Remove-IoTDynamicThingGroup all")]
    [InlineData("Remove-IoTThingFromThingGroup lamp eu")]
    public void Removing_asks_first_and_does_it_only_after_a_yes(string command)
    {
        _shell.Host.Answer = "No";
        Assert.Empty(_shell.Run($"{command} -PassThru").Succeeds().Output);
        Assert.Single(_shell.Host.Questions);

        _shell.Host.Answer = "Yes";
        Assert.Single(_shell.Run($"{command} -PassThru").Succeeds().Output);
        Assert.Equal(2, _shell.Host.Questions.Count);
    }

    [Theory]
    [InlineData("Remove-IoTJob fw-7 -Force")]
    [InlineData("Remove-IoTThing lamp -Confirm:$false")]
    [InlineData("Stop-IoTJob fw-7")]
    [InlineData("Stop-IoTJob fw-7 -Force")]
    public void Nobody_is_asked_with_Force_without_Confirm_or_for_less(string command)
    {
        _shell.Run(command).IsSilent();
        Assert.Empty(_shell.Host.Questions);
    }

    [Fact]
    public void Confirm_asks_even_with_Force()
    {
        _shell.Run("Stop-IoTJob fw-7 -Force -Confirm").IsSilent();

        Assert.Contains("running executions included", Assert.Single(_shell.Host.Questions), StringComparison.Ordinal);
        Assert.Equal("IN_PROGRESS", _shell.One("Get-IoTJob fw-7").Status.ToString());
    }

    [Theory]
    [InlineData("Remove-IoTThing lamp -Force -Select Nonsense")]
    [InlineData("Remove-IoTThing lamp -Force -Select ^Nonsense")]
    [InlineData("Remove-IoTJob fw-7 -Force -Select Job.JobId")]
    [InlineData("Stop-IoTJob fw-7 -Select JobId.Nonsense")]
    [InlineData("Start-IoTJNextPendingJobExecution lamp -Select Execution.Nonsense")]
    [InlineData("New-IoTThing x -Select ThingName..Length")]
    [InlineData("'x' | New-IoTThing -Select ^Nonsense")]
    public void What_cannot_be_selected_is_refused_before_anything_changes(string command)
    {
        var before = _shell.Fingerprint();

        _shell.Run(command).Fails("InvalidSelect");

        Assert.Equal(before, _shell.Fingerprint());
    }

    [Fact]
    public void Yes_to_all_is_asked_once()
    {
        _shell.Run("New-IoTThing a, b, c").Succeeds();
        _shell.Host.Answer = "Yes to All";

        _shell.Run("Get-IoTThing | Remove-IoTThing").IsSilent();
        Assert.Single(_shell.Host.Questions);
        Assert.Empty(_shell.Run("Get-IoTThing").Succeeds().Output);
    }

    [Fact]
    public void Where_Enforce_is_given_it_alone_decides_and_Force_only_does_not_ask()
    {
        _shell.Run("Start-IoTJNextPendingJobExecution lamp").Succeeds();

        _shell.Run("Stop-IoTJobExecution fw-7 lamp -Enforce $false -Force").Fails("InvalidStateTransitionException");
        _shell.Run("Remove-IoTJobExecution fw-7 lamp 1 -Enforce $false -Force").Fails("InvalidStateTransitionException");
        _shell.Run("Remove-IoTJob fw-7 -Enforce $false -Force").Fails("InvalidStateTransitionException");
        _shell.Run("Stop-IoTJob fw-7 -Enforce $true").IsSilent();
        Assert.Equal("CANCELED", _shell.One("Get-IoTJobExecution fw-7 lamp").Status.ToString());
        Assert.Empty(_shell.Host.Questions);
    }
}
