using System.Net;
using System.Net.Sockets;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Harm;

/// <summary>A connection that sends what it likes, reads only when it is told to, and takes no offence when it is cut off.</summary>
internal sealed class RawDevice : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };

    private NetworkStream Stream => _client.GetStream();

    public static async Task<RawDevice> OpenAsync(int port)
    {
        var device = new RawDevice();
        await device._client.ConnectAsync(IPAddress.Loopback, port);
        return device;
    }

    /// <summary>With its CONNECT accepted.</summary>
    public static async Task<RawDevice> ConnectAsync(int port, string clientId, string password, byte version = 4)
    {
        var device = await OpenAsync(port);
        await device.SendAsync(Packets.Connect(clientId, password, version), CancellationToken.None);
        var answer = new byte[4];
        await device.Stream.ReadAtLeastAsync(answer, answer.Length).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((0x20, 0), (answer[0], answer[3]));
        return device;
    }

    /// <summary>False where nothing more goes out: it was cut off, or is not read and its time is up.</summary>
    public async Task<bool> SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await Stream.WriteAsync(bytes, cancellationToken);
            return true;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Completes when the server has closed the connection, whatever it says before.</summary>
    public async Task EndsAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await Stream.ReadAsync(new byte[65_536], cancellationToken) > 0)
            {
            }
        }
        catch (Exception cut) when (cut is IOException or InvalidOperationException)
        {
        }
    }

    /// <summary>Begins to read, and to throw away.</summary>
    public void Drain() => _ = EndsAsync(CancellationToken.None).ContinueWith(ended => ended.Exception, TaskScheduler.Default);

    public void Dispose() => _client.Dispose();
}
