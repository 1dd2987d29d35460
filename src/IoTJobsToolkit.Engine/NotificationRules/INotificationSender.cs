namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>Brings messages to receivers.</summary>
public interface INotificationSender
{
    /// <summary>Null where it has arrived, else why not, in a sentence that gives no secret away.</summary>
    Task<string?> SendAsync(NotificationRule rule, NotificationMessage message, CancellationToken cancellationToken);
}

/// <summary>For engines without a server around them, which send nothing: a server that has the database later does.</summary>
internal sealed class NoNotificationSender : INotificationSender
{
    public static NoNotificationSender Instance { get; } = new();

    public Task<string?> SendAsync(NotificationRule rule, NotificationMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("Notifications are sent by a server, and this database is open without one.");
}
