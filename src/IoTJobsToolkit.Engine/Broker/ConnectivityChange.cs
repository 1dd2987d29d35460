using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Broker;

/// <summary>A thing connected, or is not connected any more.</summary>
/// <param name="ClientId">With what it connected. The end of a connection counts only where the thing's last one had this client id.</param>
/// <param name="Reason">Why it is not connected any more; null for a connect.</param>
public sealed record ConnectivityChange(string ThingName, bool Connected, DateTimeOffset At, string ClientId, DisconnectReason? Reason = null);
