namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>Who is to get what a filter takes in.</summary>
internal sealed record Subscriber(Session Session, Subscription Subscription);
