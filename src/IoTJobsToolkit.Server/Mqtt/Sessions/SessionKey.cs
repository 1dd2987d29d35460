using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>
/// Which session: a client id counts within its owner alone. So nobody can take over the session of somebody else, nor keep him out by coming
/// first with his client id.
/// </summary>
/// <param name="Owner">The thing, or the user of an access key.</param>
internal readonly record struct SessionKey(CallerKind Kind, string Owner, string ClientId)
{
    public static SessionKey Of(Caller caller, string clientId) => new(caller.Kind, caller.ThingName ?? caller.Name, clientId);

    /// <summary>One text for each key: no thing's name has a slash or an at sign.</summary>
    public string Text => Kind == CallerKind.Device ? $"{Owner}/{ClientId}" : $"@{Owner}/{ClientId}";
}
