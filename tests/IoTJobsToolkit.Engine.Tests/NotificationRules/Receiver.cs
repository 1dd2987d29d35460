using IoTJobsToolkit.Engine.NotificationRules;

namespace IoTJobsToolkit.Engine.Tests.NotificationRules;

/// <summary>Takes messages, or says why not.</summary>
internal sealed class Receiver : INotificationSender
{
    public List<(string Rule, NotificationMessage Message)> Messages { get; } = [];

    public string? Error { get; set; }

    public Task<string?> SendAsync(NotificationRule rule, NotificationMessage message, CancellationToken cancellationToken)
    {
        Messages.Add((rule.Name, message));
        return Task.FromResult(Error);
    }
}
