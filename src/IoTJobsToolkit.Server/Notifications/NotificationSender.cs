using IoTJobsToolkit.Engine.NotificationRules;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Notifications;

/// <summary>Brings a message to its receiver, who has a while for it.</summary>
internal sealed partial class NotificationSender(WebhookSender webhooks, MailSender mail, TimeProvider clock, ILogger<NotificationSender> logger) : INotificationSender
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int MaxError = 300;

    public async Task<string?> SendAsync(NotificationRule rule, NotificationMessage message, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var error = await (rule.Url is null ? mail.SendAsync(rule, message, either.Token) : webhooks.SendAsync(rule, message, either.Token)).ConfigureAwait(false);
            return error is { Length: > MaxError } ? $"{error[..(MaxError - 3)]}..." : error;
        }
        catch (Exception) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return $"The receiver has not answered within {Patience.TotalSeconds:0} s.";
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogFault(logger, rule.Name, fault);
            return "The message could not be sent; the server's log tells why.";
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of the notification rule {Rule} could not be sent")]
    private static partial void LogFault(ILogger logger, string rule, Exception fault);
}
