using System.Collections.Concurrent;
using IoTJobsToolkit.Server.Mqtt.Access;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>Remembers who came in, by client id.</summary>
internal sealed class RecordedAccess(IMqttAccess access) : IMqttAccess
{
    public ConcurrentDictionary<string, MqttCaller> Callers { get; } = new();

    public async ValueTask<MqttCaller?> FindCallerAsync(MqttLogin login, CancellationToken cancellationToken)
    {
        var caller = await access.FindCallerAsync(login, cancellationToken);
        if (caller is not null)
        {
            Callers[login.ClientId] = caller;
        }
        return caller;
    }

    public ValueTask<bool> IsGoodAsync(MqttCaller caller, CancellationToken cancellationToken) => access.IsGoodAsync(caller, cancellationToken);

    public bool IsGood(MqttCaller caller) => access.IsGood(caller);
}
