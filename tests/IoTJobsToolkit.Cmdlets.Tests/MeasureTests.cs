using IoTJobsToolkit.Engine.Measures;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>What a job would do, before it is created.</summary>
public abstract class MeasureTests : IDisposable
{
    private readonly Shell _shell;

    private MeasureTests(Where where)
    {
        _shell = new(where);
        _shell.Run("$null = New-IoTThing a, b, c, d; $null = New-IoTJob old -Thing a -Document '{}'").Succeeds();
    }

    public sealed class InProcess() : MeasureTests(Where.InProcess);

    public sealed class ThroughServer() : MeasureTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void It_takes_what_New_IoTJob_takes_and_creates_nothing()
    {
        var measure = _shell.One<JobMeasure>("Measure-IoTJob fw-8 -Thing * -Document @{ op = 'x' } -RolloutPerMinute 3 -AbortWhen 'FAILED >= 50% of 2' -TimeoutMinutes 5");

        Assert.Equal((4L, 4L), (measure.Things, measure.Created));
        Assert.Equal([3L, 4], measure.Rollout.Select(minute => minute.Executions));
        Assert.Equal((1L, 2L), (Assert.Single(measure.Aborts).FailuresAtMinimum, measure.Aborts[0].FailuresOfAll));
        Assert.Equal("old", Assert.Single(measure.Overlaps).JobId);
        Assert.Equal("{\"op\":\"x\"}", measure.Documents[0].Document);
        Assert.Equal(["old"], _shell.Run("Get-IoTJobList | ForEach-Object JobId").Succeeds().Text);
    }

    [Fact]
    public void It_shows_the_rollout_the_criteria_and_the_warnings()
    {
        var shown = _shell.Show("Measure-IoTJob fw-8 -Thing * -Document '{}' -RolloutPerMinute 1 -AbortWhen 'FAILED >= 50% of 2', 'ALL >= 10% of 9'");

        Assert.Contains("FAILED >= 50%: 1 of 2, 2 of all, not before", shown, StringComparison.Ordinal);
        Assert.Contains("ALL >= 10%: never, it waits for 9", shown, StringComparison.Ordinal);
        Assert.Contains("There is no timeout", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(Measure-IoTJob fw-8 -Thing * -Document '{}').Documents[1].ThingName", "b")]
    [InlineData("(Measure-IoTJob fw-8 -Thing * -Document '{}').Warnings[0]", "There is no abort criterion: the rollout goes on however many devices fail.")]
    [InlineData("(Get-IoTJob both).Job.Targets[1]", "arn:aws:iot:us-east-1:123456789012:thing/b")]
    public void Parts_of_an_answer_are_picked_by_index(string command, string part) =>
        Assert.Equal([part], _shell.Run($"$null = New-IoTJob both -Thing a, b -Document '{{}}'; {command}").Succeeds().Text);

    [Fact]
    public void Things_come_down_the_pipeline_for_one_job() => Assert.Equal(
        4, _shell.One<JobMeasure>("Get-IoTThing | Measure-IoTJob fw-8 -Document '{}'").Things);

    [Theory]
    [InlineData("Measure-IoTJob old -Thing a -Document '{}'", "ResourceAlreadyExistsException")]
    [InlineData("Measure-IoTJob fw-8 -Thing x -Document '{}'", "ResourceNotFoundException")]
    [InlineData("Measure-IoTJob fw-8 -Thing a -Document no", "InvalidRequestException")]
    [InlineData("New-IoTJob old -Thing a -Document '{}' -WhatIf", "ResourceAlreadyExistsException")]
    public void It_is_refused_as_the_job_would_be(string command, string id) => _shell.Run(command).Fails(id);

    [Fact]
    public void WhatIf_says_for_how_many_things_until_when_and_what_may_not_be_meant_so()
    {
        var outcome = _shell.Run("New-IoTJob fw-8 -Thing * -Document '{}' -RolloutPerMinute 1 -WhatIf").Succeeds();

        Assert.Matches("Create job for 4 targets: 4 things, the first at .*, the last at ", _shell.Host.Text);
        Assert.Contains("There is no timeout", string.Join(' ', outcome.Warnings), StringComparison.Ordinal);
    }
}
