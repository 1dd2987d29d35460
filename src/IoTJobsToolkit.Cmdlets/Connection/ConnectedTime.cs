using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>The time by which jobs go where the cmdlets are connected: what counts from now counts from that.</summary>
internal static class ConnectedTime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The machine's time where nothing can be asked: the cmdlet says so itself then.</summary>
    public static DateTimeOffset Now()
    {
        try
        {
            return Connections.Current switch
            {
                AwsConnection => TimeProvider.System.GetLocalNow(),
                FileConnection { IsVirtualClock: false } file when file.FindHost() is null => TimeProvider.System.GetLocalNow(),
                var connection => Ask(connection),
            };
        }
        catch (Exception)
        {
            return TimeProvider.System.GetLocalNow();
        }
    }

    private static DateTimeOffset Ask(JobsConnection connection)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var lease = connection.Use(Patience, patience.Token);
        var clock = lease.Jobs.ExecuteAsync(new DescribeClock(), patience.Token).GetAwaiter().GetResult();
        return clock.IsVirtual ? clock.Time.ToLocalTime() : TimeProvider.System.GetLocalNow();
    }
}
