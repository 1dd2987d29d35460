using System.Net;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>
/// Tells of clients that were refused. They come again and again, so each is told once a minute, and few in all; the others are counted.
/// Safe for many threads.
/// </summary>
internal sealed partial class RefusalLog(TimeProvider clock, ILogger<RefusalLog> logger)
{
    private const int Most = 50;
    private const int LongestClientId = 128;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly HashSet<(IPAddress? From, string ClientId)> _told = [];
    private DateTimeOffset _began = DateTimeOffset.MinValue;
    private int _untold;

    public void Tell(MqttLogin login, string reason)
    {
        var client = Shown(login.ClientId);
        var from = (login.From as IPEndPoint)?.Address;
        var untold = 0;
        lock (_gate)
        {
            if (clock.GetUtcNow() - _began >= Window)
            {
                (_began, untold, _untold) = (clock.GetUtcNow(), _untold, 0);
                _told.Clear();
            }
            if (_told.Count >= Most || !_told.Add((from, client)))
            {
                _untold++;
                return;
            }
        }
        if (untold > 0)
        {
            LogUntold(logger, untold);
        }
        LogRefused(logger, client, from?.ToString() ?? "this machine", reason);
    }

    /// <summary>Who is refused writes no lines of his own into the log.</summary>
    private static string Shown(string clientId) => string.Concat(
        clientId.Take(LongestClientId).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character));

    [LoggerMessage(Level = LogLevel.Warning, Message = "MQTT client '{ClientId}' from {Address} was refused. {Reason}")]
    private static partial void LogRefused(ILogger logger, string clientId, string address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} more MQTT connections were refused after those told last")]
    private static partial void LogUntold(ILogger logger, int count);
}
