using System.Security.Cryptography;
using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Work;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.Extensions.Logging;
using MQTTnet.Exceptions;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>Has a connection to the broker, always anew when it ends, until the server stops.</summary>
internal sealed partial class BrokerService(
    BrokerSettings broker, ServerSettings settings, BrokerTopics topics, BrokerOutbox outbox, BrokerPump pump, BrokerRequests requests, BrokerNotices notices,
    JobsEngine engine, TimeProvider clock, ILogger<BrokerService> logger) : StoppedOnceService
{
    /// <summary>Batches of events, of a commit each; a broker that is slow catches up with so many.</summary>
    private const int Behind = 4_096;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>For what is still to be answered and sent when the server stops.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _ending = new();
    private JobsSubscription? _events;
    private Task _running = Task.CompletedTask;
    private Task _following = Task.CompletedTask;
    private volatile BrokerLine? _line;

    /// <summary>As with every start of a server of this database on this machine: the broker ends an older connection then.</summary>
    public string ClientId { get; } =
        $"{broker.ClientId}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}|{settings.DatabasePath}")))[..12]}";

    public bool IsConnected => _line is not null;

    /// <summary>It stops: what is asked from now on is for the others.</summary>
    public bool HasLeftGroup { get; private set; }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _events = engine.Subscribe(Behind);
        _following = Task.Run(() => FollowAsync(_events), CancellationToken.None);
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes no more requests, answers those that it has, and goes.</summary>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        if (_line is { } line)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, line.Ended);
            patience.CancelAfter(LastPatience);
            try
            {
                await line.UnsubscribeAsync(patience.Token).ConfigureAwait(false);
                HasLeftGroup = true;
                await requests.WhenIdleAsync(patience.Token).ConfigureAwait(false);
                await outbox.WhenEmptyAsync(patience.Token).ConfigureAwait(false);
            }
            catch (Exception late) when (late is OperationCanceledException or MqttCommunicationException or ObjectDisposedException)
            {
                // Devices ask again, and are told anew when the server starts.
            }
            await line.LeaveAsync().ConfigureAwait(false);
        }
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override void Release()
    {
        _events?.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = FirstPause;
        string? told = null;
        while (!_ending.IsCancellationRequested)
        {
            var began = clock.GetTimestamp();
            var reason = await ConnectAsync().ConfigureAwait(false);
            if (_ending.IsCancellationRequested)
            {
                return;
            }
            if (reason.WasConnected)
            {
                told = null;
                pause = clock.GetElapsedTime(began) > LongestPause ? FirstPause : pause;
            }
            if (told != reason.Text)
            {
                LogOutage(logger, broker.Address, reason.Text);
                told = reason.Text;
            }
            // Not all at once, where many servers lost the same broker.
            var wait = pause * (RandomNumberGenerator.GetInt32(75, 126) / 100.0);
            await Task.Delay(wait, clock, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>One connection from its beginning to its end, and the reason for that.</summary>
    private async Task<(bool WasConnected, string Text)> ConnectAsync()
    {
        try
        {
            using var line = await BrokerLine.OpenAsync(broker, topics, ClientId, _ending.Token).ConfigureAwait(false);
            var lost = outbox.Open();
            _line = line;
            LogConnected(logger, broker.Address, ClientId);
            if (_ending.IsCancellationRequested)
            {
                line.End("this server stops"); // Who stops it may have looked for a connection before there was one.
            }
            if (lost > 0)
            {
                LogLost(logger, lost);
            }
            await Task.WhenAll(pump.RunAsync(line), requests.RunAsync(line)).ConfigureAwait(false);
            return (true, line.Reason);
        }
        catch (BrokerFailure failure)
        {
            return (false, failure.Message);
        }
        catch (OperationCanceledException)
        {
            return (false, "this server stops");
        }
        catch (Exception fault)
        {
            LogFault(logger, fault);
            return (false, "this server failed");
        }
        finally
        {
            _line = null;
            outbox.Close();
        }
    }

    private async Task FollowAsync(JobsSubscription events)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await notices.FollowAsync(events, _ending.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogFault(logger, fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the MQTT broker {Address} as {ClientId}")]
    private static partial void LogConnected(ILogger logger, string address, string clientId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No connection to the MQTT broker {Address}: {Reason}. It is tried again until there is one")]
    private static partial void LogOutage(ILogger logger, string address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events were not published while there was no connection to the MQTT broker")]
    private static partial void LogLost(ILogger logger, long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Work with the MQTT broker failed and is begun anew")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
