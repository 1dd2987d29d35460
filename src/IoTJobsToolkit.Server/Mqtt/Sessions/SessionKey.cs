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

    /// <summary>One text for each key: no thing's name has a slash or an at sign, and no user's name and no client id a control character.</summary>
    public string Text => Prefix(Kind, Owner) + ClientId;

    /// <summary>Of <see cref="Text"/>; null where it is not of this owner.</summary>
    public static SessionKey? Parse(CallerKind kind, string owner, string text) =>
        Prefix(kind, owner) is var prefix && text.StartsWith(prefix, StringComparison.Ordinal) ? new(kind, owner, text[prefix.Length..]) : null;

    private static string Prefix(CallerKind kind, string owner) => kind == CallerKind.Device ? $"{owner}/" : $"@{owner}\u001F";
}
