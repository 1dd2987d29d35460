namespace IoTJobsToolkit.Cmdlets.Tests.DropIn;

/// <summary>Scripts for AWS's module catch its refusals by <c>try</c> alone.</summary>
public abstract class CaughtErrorTests : IDisposable
{
    private readonly Shell _shell;

    private CaughtErrorTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing lamp-1; New-IoTThing lamp-2; New-IoTThingGroup eu; New-IoTJob fw-7 -Thing lamp-1 -Document '{}'").Succeeds();
    }

    public sealed class InProcess() : CaughtErrorTests(Where.InProcess)
    {
        [Fact]
        public void What_is_looked_at_before_a_question_does_not_count() => Assert.Equal(
            ["caught"],
            _shell.Run($"Disconnect-IoTJobs; Connect-IoTJobs '{_shell.DatabasePath}' -RetentionDays 30; try {{ Set-IoTRetention 20 -Force; 'went on' }} catch {{ 'caught' }}").Text);
    }

    public sealed class ThroughServer() : CaughtErrorTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTJob none", "ResourceNotFoundException")]
    [InlineData("Get-IoTJobDocument none", "ResourceNotFoundException")]
    [InlineData("New-IoTJob fw-7 -Thing lamp-1 -Document '{}'", "ResourceAlreadyExistsException")]
    [InlineData("Stop-IoTJob none", "ResourceNotFoundException")]
    [InlineData("Get-IoTJobExecution fw-7 lamp-2", "ResourceNotFoundException")]
    [InlineData("Remove-IoTJobExecution 9 -JobId fw-7 -ThingName lamp-1 -Force", "ResourceNotFoundException")]
    [InlineData("Get-IoTJobExecutionsForJobList none", "ResourceNotFoundException")]
    [InlineData("Get-IoTThing none", "ResourceNotFoundException")]
    [InlineData("Add-IoTThingToThingGroup lamp-1 none", "ResourceNotFoundException")]
    [InlineData("Add-IoTTargetsWithJob fw-7 -Thing lamp-2", "InvalidRequestException")]
    public void The_refusal_of_the_only_thing_asked_for_is_caught(string command, string id)
    {
        Assert.Equal([id], _shell.Run($"try {{ $null = {command}; 'went on' }} catch {{ $_.FullyQualifiedErrorId.Split(',')[0] }}").Succeeds().Text);
        Assert.Equal(["went on"], _shell.Run($"try {{ $null = {command} -ErrorAction SilentlyContinue; 'went on' }} catch {{ 'caught' }}").Output.Select(item => $"{item}"));
    }

    [Fact]
    public void A_script_without_try_goes_on_with_its_next_line()
    {
        var outcome = _shell.Run("Get-IoTJob none\n'next'\n1..2 | ForEach-Object { Get-IoTThing none; $_ }");

        Assert.Equal(["next", "1", "2"], outcome.Output.Select(item => $"{item}"));
    }

    [Theory]
    [InlineData("Get-IoTThing lamp-1, none, lamp-2 | ForEach-Object ThingName")]
    [InlineData("'lamp-1', 'none', 'lamp-2' | Get-IoTThing | ForEach-Object ThingName")]
    [InlineData("Get-IoTThing none, lamp-1, lamp-2 | ForEach-Object ThingName")]
    public void One_among_several_leaves_the_others_their_turn(string command)
    {
        var outcome = _shell.Run($"try {{ {command}; 'went on' }} catch {{ 'caught' }}");

        Assert.Equal(["lamp-1", "lamp-2", "went on"], outcome.Output.Select(item => $"{item}"));
        outcome.Fails("ResourceNotFoundException");
    }
}
