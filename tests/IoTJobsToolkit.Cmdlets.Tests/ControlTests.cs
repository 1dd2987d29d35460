using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Jobs that are rolled out in stages, to so many at a time, after others.</summary>
public abstract class ControlTests : IDisposable
{
    private readonly Shell _shell;

    private ControlTests(Where where)
    {
        _shell = new(where);
        _shell.Run("$null = New-IoTThing a, b, c; Get-IoTThing | New-IoTJob fw-7 -Document '{}'").Succeeds();
    }

    public sealed class InProcess() : ControlTests(Where.InProcess);

    public sealed class ThroughServer() : ControlTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void All_that_was_given_is_told_in_the_same_short_words()
    {
        _shell.Run("""
            $null = Get-IoTThing | New-IoTJob fw-8 -Document '{}' -Stage '1 >= 99.5%', 2, @{ Things = 3; SuccessPercentage = 50 } -VerificationTime 0:30 -MaxInFlight 2 `
                -PauseWhen 'FAILED > 20% of 3', @{ FailureType = 'ALL'; ThresholdPercentage = 50; MinNumberOfExecutedThings = 1 } -Priority 7 -DependsOn fw-7
            """).Succeeds();
        var controls = _shell.One<DescribeJobControlsResponse>("Get-IoTJob fw-8 | Get-IoTJobControl");

        Assert.Equal((2, 30, 7, 1), (controls.MaxInFlight, controls.VerificationInMinutes, controls.Priority, controls.Stage));
        Assert.Equal(["fw-7"], controls.WaitsFor);
        Assert.Equal(["1 >= 99.5%", "2", "3 >= 50%"], _shell.Run("(Get-IoTJobControl fw-8).Stages | ForEach-Object { $_.ToString() }").Succeeds().Text);
        Assert.Equal(["FAILED >= 20% of 3", "ALL >= 50% of 1"], _shell.Run("(Get-IoTJobControl fw-8).PauseCriteriaList | ForEach-Object { $_.ToString() }").Succeeds().Text);
        Assert.Contains("1 of 3", _shell.Show("Get-IoTJobControl fw-8"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_is_passed_by_success_or_by_hand()
    {
        _shell.Run("$null = Get-IoTThing | New-IoTJob staged -Document '{}' -Stage '1 >= 100%', 1 -Priority 5").Succeeds();
        Assert.Equal("a", _shell.One("Get-IoTJobExecutionsForJobList staged").ThingName);
        Assert.Equal("staged", _shell.One("Start-IoTJNextPendingJobExecution a").JobId);

        _shell.Run("Update-IoTJJobExecution staged a SUCCEEDED; $null = Wait-IoTJob staged -Until 'QUEUED >= 1' -Timeout 60").Succeeds();
        Assert.Equal(["STAGE 2"], _shell.Run("Get-IoTJobControl staged | ForEach-Object { '{0} {1}' -f $_.Hold, $_.Stage }").Succeeds().Text);
        Assert.Equal("stage 2", _shell.One<AdvanceJobResponse>("Get-IoTJobControl * | Where-Object Hold -eq STAGE | Step-IoTJob").Passed);
        Assert.Equal(["staged"], _shell.Run("Stop-IoTJob staged -Force -PassThru").Succeeds().Text);
    }

    [Fact]
    public void A_dry_run_says_that_it_may_be_later()
    {
        var before = _shell.Host.Text.Length;
        _shell.Run("Get-IoTThing | New-IoTJob fw-9 -Document '{}' -Stage 1 -WhatIf").Succeeds();

        Assert.Contains("at the earliest", _shell.Host.Text[before..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-IoTThing | New-IoTJob x -Document '{}' -Stage '10 of 5'", "THINGS >= PERCENT%")]
    [InlineData("Get-IoTThing | New-IoTJob x -Document '{}' -Stage 0", "THINGS >= PERCENT%")]
    [InlineData("Get-IoTThing | New-IoTJob x -Document '{}' -PauseWhen 'sometimes'", "is no pause criterion")]
    [InlineData("Get-IoTThing | New-IoTJob x -Document '{}' -VerificationTime 5", "add stages")]
    [InlineData("Get-IoTThing | New-IoTJob x -Document '{}' -PerThing", "dependsOn is not")]
    [InlineData("Get-IoTThing | New-IoTJob x -Document '{}' -DependsOn fw-9", "There is no job fw-9")]
    [InlineData("Step-IoTJob fw-7", "has no stages")]
    [InlineData("Get-IoTJobControl fw-9", "There is no job fw-9")]
    public void What_cannot_be_is_refused_with_the_reason(string command, string words)
    {
        var outcome = _shell.Run(command);

        Assert.Contains(outcome.Errors.Select(error => error.ToString()), error => error.Contains(words, StringComparison.Ordinal));
    }
}
