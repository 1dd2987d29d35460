using IoTJobsToolkit.Engine.Simulations;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Simulated devices: in this process for a file, on the server else.</summary>
public abstract class SimulationTests : IDisposable
{
    private readonly Shell _shell;

    private SimulationTests(Where where) => _shell = new(where);

    public sealed class InProcess() : SimulationTests(Where.InProcess);

    public sealed class ThroughServer() : SimulationTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Devices_carry_out_a_job_until_they_are_stopped()
    {
        var started = _shell.One<FleetSimulationDetail>("Start-IoTFleetSimulation fleet 4 -Group fleet -Seconds 0.1 -FailurePercentage 50 -Reason 'disk full' -Seed 2");
        Assert.Equal((4, 2, SimulationTransport.IN_PROCESS), (started.Devices, started.Seed, started.Transport));

        _shell.Run("$null = New-IoTJob fw -Group fleet -Document '{}'; $null = Wait-IoTJob fw -Timeout 60").Succeeds();

        Assert.Contains("fleet", _shell.Show("Get-IoTFleetSimulation"), StringComparison.Ordinal);
        Assert.Equal(["disk full"], _shell.Run("(Get-IoTJobFailureReason fw).Reason").Succeeds().Text);
        var done = _shell.One<FleetSimulationDetail>("Get-IoTFleetSimulation f* | Stop-IoTFleetSimulation -RemoveThings");
        Assert.Equal(4, done.SucceededExecutions + done.FailedExecutions);
        Assert.Empty(_shell.Run("Get-IoTFleetSimulation; Get-IoTThing").Succeeds().Output);
    }

    [Theory]
    [InlineData("Start-IoTFleetSimulation x 1 -FailurePercentage 60 -SilencePercentage 60", "InvalidRequestException", "more than 100")]
    [InlineData("Start-IoTFleetSimulation x 1 -Transport MQTT", "InvalidRequestException", "IN_PROCESS")]
    [InlineData("$null = Start-IoTFleetSimulation x 1; Start-IoTFleetSimulation x 1", "ResourceAlreadyExistsException", "goes on already")]
    [InlineData("Get-IoTFleetSimulation y", "ResourceNotFoundException", "no simulation y")]
    [InlineData("Stop-IoTFleetSimulation y", "ResourceNotFoundException", "no simulation y")]
    public void What_cannot_be_is_refused_with_the_reason(string command, string id, string words) =>
        Assert.Contains(words, _shell.Run(command).Fails(id).ToString(), StringComparison.Ordinal);
}
