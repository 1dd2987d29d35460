using IoTJobsToolkit.Engine.Blockages;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Why is it waiting?</summary>
public abstract class BlockageTests : IDisposable
{
    private readonly Shell _shell;

    private BlockageTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            $null = New-IoTThing a, b, c
            $null = New-IoTJob fw-7 -Thing a, b, c -Document '{}' -JobExecutionsRolloutConfig_MaximumPerMinute 2
            $null = New-IoTJob cfg -Thing a -Document '{}' -StartAt (Get-Date).AddHours(2)
            """).Succeeds();
    }

    public sealed class InProcess() : BlockageTests(Where.InProcess);

    public sealed class ThroughServer() : BlockageTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Each_execution_of_a_job_is_told_with_what_it_waits_for()
    {
        Assert.Equal(
            ["a NEVER_CONNECTED", "b NEVER_CONNECTED", "c ROLLOUT_RATE"],
            _shell.Run("Get-IoTJobBlockage fw-7 | ForEach-Object { $_.ThingName + ' ' + $_.Cause }").Succeeds().Text);
        var waits = _shell.One<JobBlockage>("Get-IoTJobBlockage fw-7 c");
        Assert.Equal((1L, null, null), (waits.Position, waits.ExecutionNumber, waits.Status));
        Assert.InRange(waits.Until!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(-30), TimeSpan.FromMinutes(1));
        Assert.Contains("ROLLOUT_RATE", _shell.Show("Get-IoTJobBlockage fw-7"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-IoTJobBlockage", 4)]
    [InlineData("Get-IoTJobBlockage -ThingName a", 2)]
    [InlineData("Get-IoTJobBlockage fw* [bc]", 2)]
    [InlineData("Get-IoTJob fw-7 | Get-IoTJobBlockage -MaxResult 1", 3)]
    [InlineData("Suspend-IoTJob fw-7 -Select JobId | Get-IoTJobBlockage | Where-Object Cause -eq JOB_PAUSED", 3)]
    public void All_are_told_or_those_asked_for(string command, int count) => Assert.Equal(count, _shell.Run(command).Succeeds().Output.Count);

    [Theory]
    [InlineData("Get-IoTJobBlockage fw7", "fw-7")]
    [InlineData("Get-IoTJobBlockage fw-7 nobody", "nobody")]
    public void What_is_not_there_is_refused(string command, string words) =>
        Assert.Contains(words, _shell.Run(command).Fails("ResourceNotFoundException").ToString(), StringComparison.Ordinal);
}
