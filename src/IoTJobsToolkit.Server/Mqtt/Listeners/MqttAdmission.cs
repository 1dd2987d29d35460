using IoTJobsToolkit.Server.Mqtt.Access;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>What the broker asks when somebody connects.</summary>
internal static class MqttAdmission
{
    /// <summary>Who connects; null where that is to be refused. From then on the connection ends when its credential no longer counts.</summary>
    public static async ValueTask<MqttCaller?> AdmitAsync(this IMqttAccess access, ValidatingConnectionEventArgs arriving)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(arriving);
        var connection = arriving.ChannelAdapter as MqttConnection
            ?? throw new InvalidOperationException($"Connections of MQTT come in by the {nameof(MqttDoor)}.");
        var caller = await access.FindCallerAsync(connection.Login(arriving.ClientId, arriving.UserName, arriving.RawPassword), arriving.CancellationToken)
            .ConfigureAwait(false);
        if (caller is null)
        {
            return null;
        }
        connection.Caller = caller;
        // What was taken before this line was not yet looked for here.
        return await access.IsGoodAsync(caller, arriving.CancellationToken).ConfigureAwait(false) ? caller : null;
    }
}
