using System.Globalization;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>What moving the clock is called, and what follows it.</summary>
internal static class ClockWords
{
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Moved(DateTimeOffset? time) => time is { } to ? $"to {Text(to)}" : null;

    public static string? Goes(double? rate) => rate switch
    {
        null => null,
        0 => "stopped",
        1 => "goes with the real time",
        var times => string.Create(CultureInfo.InvariantCulture, $"goes {times:0.######} times as fast"),
    };

    /// <summary>The clock when all that is due has been done.</summary>
    public static async ValueTask<DescribeClockResponse> AfterAsync(JobsEngine engine, CancellationToken cancellationToken)
    {
        await engine.PassTimeAsync(cancellationToken).ConfigureAwait(false);
        return await engine.As(Caller.System).ExecuteAsync(new DescribeClock(), cancellationToken).ConfigureAwait(false);
    }
}
