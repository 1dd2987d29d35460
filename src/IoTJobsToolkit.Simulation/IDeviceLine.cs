using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Simulation;

/// <summary>What a simulated device has of the service: in process or through a client, or as a device of its own over MQTT.</summary>
public interface IDeviceLine : IAsyncDisposable
{
    /// <summary>Completes when there may be something to do which was not there when the device last asked.</summary>
    Task WaitForWorkAsync(CancellationToken cancellationToken);

    /// <summary>Null when nothing is pending.</summary>
    /// <exception cref="JobsException">It was refused.</exception>
    Task<DeviceJobExecution?> StartNextAsync(CancellationToken cancellationToken);

    /// <exception cref="JobsException">It was refused.</exception>
    Task ReportAsync(UpdateJobExecution report, CancellationToken cancellationToken);
}
