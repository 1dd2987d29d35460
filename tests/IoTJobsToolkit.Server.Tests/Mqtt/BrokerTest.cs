namespace IoTJobsToolkit.Server.Tests.Mqtt;

/// <summary>A test with a broker of its own.</summary>
public abstract class BrokerTest : IAsyncLifetime
{
    private protected BrokerServer Server { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Server = await StartAsync();

    public virtual ValueTask DisposeAsync() => Server.DisposeAsync();

    private protected virtual Task<BrokerServer> StartAsync() => BrokerServer.StartAsync();

    /// <summary>For what can only be seen, such as the end of a connection, which is not answered.</summary>
    internal static async Task UntilAsync(Func<bool> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
