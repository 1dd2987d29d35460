using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Jobs that are held, and let go on.</summary>
public abstract class PauseTests : IDisposable
{
    private readonly Shell _shell;

    private PauseTests(Where where)
    {
        _shell = new(where);
        _shell.Run("$null = New-IoTThing lamp, gate; Get-IoTThing | New-IoTJob fw-7 -Document '{}'; New-IoTThing car | New-IoTJob cfg -Document '{}'").Succeeds();
    }

    public sealed class InProcess() : PauseTests(Where.InProcess);

    public sealed class ThroughServer() : PauseTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_paused_job_hands_out_nothing_until_it_is_resumed()
    {
        var paused = _shell.One<PauseJobResponse>("Suspend-IoTJob fw-7 -Comment 'look first'");
        Assert.Equal(("fw-7", "look first"), (paused.JobId, paused.Comment));
        Assert.Empty(_shell.Run("Start-IoTJNextPendingJobExecution lamp").Succeeds().Output);

        _shell.Run("Get-IoTPausedJob | Resume-IoTJob").IsSilent();
        Assert.Equal("fw-7", _shell.One("Start-IoTJNextPendingJobExecution lamp").JobId);
    }

    [Fact]
    public void Wildcards_stand_for_active_jobs_and_PassThru_writes_ids()
    {
        _shell.Run("Stop-IoTJob cfg -Force").Succeeds();

        Assert.Equal(["fw-7"], _shell.Run("Suspend-IoTJob * -PassThru").Succeeds().Text);
        Assert.Equal(["fw-7"], _shell.Run("Resume-IoTJob fw* -PassThru").Succeeds().Text);
    }

    [Fact]
    public void Paused_jobs_are_listed_all_or_those_asked_for()
    {
        _shell.Run("Suspend-IoTJob fw-7, cfg").Succeeds();

        Assert.Equal(["cfg", "fw-7"], _shell.Run("(Get-IoTPausedJob -MaxResult 1).JobId").Succeeds().Text);
        Assert.Equal(["cfg"], _shell.Run("(Get-IoTJob cfg | Get-IoTPausedJob).JobId").Succeeds().Text);
        _shell.Run("Resume-IoTJob cfg").Succeeds();
        Assert.Empty(_shell.Run("Get-IoTPausedJob cfg").Succeeds().Output);
        Assert.Contains("fw-7", _shell.Show("Get-IoTPausedJob"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Suspend-IoTJob fw7", "ResourceNotFoundException", "fw-7")]
    [InlineData("Resume-IoTJob fw-7", "InvalidRequestException", "is not paused")]
    [InlineData("$null = Suspend-IoTJob fw-7; Suspend-IoTJob fw-7", "InvalidRequestException", "paused already")]
    public void What_cannot_be_is_refused_with_the_reason(string command, string id, string words)
    {
        var record = _shell.Run(command).Fails(id);

        Assert.Contains(words, record.ToString(), StringComparison.Ordinal);
    }
}
