using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.NotificationRules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Notifications;

/// <summary>
/// Brings what the engine has in store for receivers to them, when it is due. What was sent and could not be reported is sent again, under the same id.
/// </summary>
internal sealed partial class NotificationService(JobsEngine engine, INotificationSender sender, TimeProvider clock, ILogger<NotificationService> logger) : BackgroundService
{
    private const int AtOneTime = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>How often a clock that is moved is looked at.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var feed = engine.Subscribe();
        Task<bool>? news = null;
        while (!stoppingToken.IsCancellationRequested && engine.Failure is null)
        {
            try
            {
                while (feed.Batches.TryRead(out _))
                {
                    // What it says is in memory already.
                }
                if (engine.NextNotificationAt is { } due && due <= engine.Time)
                {
                    await DeliverAsync(stoppingToken).ConfigureAwait(false);
                    continue;
                }
                news = news is null or { IsCompleted: true } ? feed.Batches.WaitToReadAsync(stoppingToken).AsTask() : news;
                if (!await WaitAsync(news, engine.NextNotificationAt, stoppingToken).ConfigureAwait(false))
                {
                    return; // The engine has ended.
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (JobsException failure)
            {
                LogFailure(logger, failure);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DeliverAsync(CancellationToken stopping)
    {
        var due = await engine.ReadDueNotificationsAsync(AtOneTime, stopping).ConfigureAwait(false);
        var tried = await Task.WhenAll(due.Select(async next => new TriedNotification(
            next.Delivery.Sequence,
            await sender.SendAsync(next.Rule, NotificationMessage.Of(next.Delivery), stopping).ConfigureAwait(false)))).ConfigureAwait(false);
        if (tried.Length > 0)
        {
            await engine.ReportNotificationsAsync(tried, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Until something was committed, or something is due; false when nothing will be any more.</summary>
    private async Task<bool> WaitAsync(Task<bool> news, DateTimeOffset? due, CancellationToken stopping)
    {
        if (due is not { } at)
        {
            return await news.ConfigureAwait(false);
        }
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var wait = at - engine.Time;
        wait = engine.HasVirtualClock && wait > Look ? Look : wait; // That may be there sooner.
        var time = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock, enough.Token);
        var first = await Task.WhenAny(news, time).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
        return first != news || await news.ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications could not be worked off and will be tried again")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
