using IoTJobsToolkit.Engine.NotificationRules;

namespace IoTJobsToolkit.Engine;

/// <summary>For whoever brings notifications to their receivers.</summary>
public sealed partial class JobsEngine
{
    /// <summary>When the next one is to be tried; null where none waits.</summary>
    public DateTimeOffset? NextNotificationAt => _memory.Notifications.Now.Due is { IsEmpty: false } due ? due.Min.At : null;

    /// <summary>Those that are to be tried now.</summary>
    public Task<IReadOnlyList<DueNotification>> ReadDueNotificationsAsync(int take, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReadDueNotifications(take), Caller.System, cancellationToken);

    /// <summary>How it went; durable when the task completes.</summary>
    public Task ReportNotificationsAsync(IReadOnlyList<TriedNotification> tried, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReportNotifications(tried), Caller.System, cancellationToken);

    internal NotificationRule NotificationRule(string ruleName) => _memory.Notifications.Now.Rules.GetValueOrDefault(ruleName)
        ?? throw JobsException.NotFound($"There is no notification rule {ruleName}.");
}
