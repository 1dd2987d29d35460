using IoTJobsToolkit.Server.Mqtt.Access;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>What the broker asks when somebody connects.</summary>
internal static class MqttAdmission
{
    /// <summary>Who connects; null where that is to be refused. From then on the connection ends when its credential no longer counts.</summary>
    /// <exception cref="Engine.JobsException">The database cannot be asked.</exception>
    public static async ValueTask<MqttCaller?> AdmitAsync(
        this IMqttAccess access, MqttConnection connection, string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(connection);
        var caller = await access.FindCallerAsync(connection.Login(clientId, userName, password), cancellationToken).ConfigureAwait(false);
        if (caller is null)
        {
            return null;
        }
        connection.Caller = caller;
        // What was taken before this line was not yet looked for here.
        return await access.IsGoodAsync(caller, cancellationToken).ConfigureAwait(false) ? caller : null;
    }
}
