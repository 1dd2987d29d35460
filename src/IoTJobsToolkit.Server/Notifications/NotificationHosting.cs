using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Notifications;

internal static class NotificationHosting
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddHttpClient(WebhookSender.Client, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // Who sends has a clock for that.
                client.DefaultRequestHeaders.UserAgent.ParseAdd($"IoTJobsToolkit/{StartNotice.Version}");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers(); // Many services put their secret into the address.
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<INotificationSender, NotificationSender>();
        services.AddHostedService<NotificationService>();
    }
}
