using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Tests.Access;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>What connections may take before it is known whose they are, and what the start tells of them.</summary>
public sealed class MqttDoorTests
{
    private static readonly byte[] ConnectHead = [0x10];

    [Fact]
    public async Task Who_stays_silent_is_let_go()
    {
        await using var server = await MqttAccessServer.StartAsync("--Mqtt:ConnectSeconds=5");
        await using var silent = await OpenAsync(server);
        await using var slow = await OpenAsync(server);
        await slow.WriteAsync(ConnectHead, TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => server.Door.Connections.Count() == 2, TimeSpan.FromSeconds(60)));

        var ends = Task.WhenAll(EndAsync(silent), EndAsync(slow));
        while (!ends.IsCompleted)
        {
            server.Api.Clock.Advance(TimeSpan.FromSeconds(5)); // Until both have begun to wait.
            await Task.WhenAny(ends, Task.Delay(20, TestContext.Current.CancellationToken));
        }
        await ends;
    }

    [Fact]
    public async Task A_packet_that_announces_too_much_is_not_waited_for()
    {
        await using var server = await MqttAccessServer.StartAsync();
        await using var connection = await OpenAsync(server);

        await connection.WriteAsync(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0, 4 }, TestContext.Current.CancellationToken);

        await EndAsync(connection);
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x00, 0x00 })]
    [InlineData(new byte[] { 0xC0, 0x00 })]
    [InlineData(new byte[] { 0x10, 0x02, 0x00, 0x04 })]
    [InlineData(new byte[] { 0x47, 0x45, 0x54, 0x20, 0x2F, 0x20, 0x48, 0x54, 0x54, 0x50 })]
    public async Task What_is_no_MQTT_ends_its_connection(byte[] bytes)
    {
        await using var server = await MqttAccessServer.StartAsync();
        await using var connection = await OpenAsync(server);

        await connection.WriteAsync(bytes, TestContext.Current.CancellationToken);
        connection.Socket.Client.Shutdown(SocketShutdown.Send);

        await EndAsync(connection);
    }

    [Fact]
    public async Task Half_a_packet_from_somebody_who_has_gone_keeps_nothing_busy()
    {
        await using var server = await MqttAccessServer.StartAsync();
        await using (var connection = await OpenAsync(server))
        {
            await connection.WriteAsync(new byte[] { 0x10, 0x20, 0x00 }, TestContext.Current.CancellationToken);
            Assert.True(SpinWait.SpinUntil(() => server.Door.Connections.Any(), TimeSpan.FromSeconds(60)));
        }

        Assert.True(SpinWait.SpinUntil(() => !server.Door.Connections.Any(), TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData(new byte[] { }, null)]
    [InlineData(new byte[] { 0x30 }, null)]
    [InlineData(new byte[] { 0x30, 0x80 }, null)]
    [InlineData(new byte[] { 0xC0, 0x00 }, 2)]
    [InlineData(new byte[] { 0x30, 0x7F, 1 }, 129)]
    [InlineData(new byte[] { 0x30, 0x80, 0x01 }, 131)]
    [InlineData(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0x7F }, 268_435_460)]
    [InlineData(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0xFF }, PacketHead.Invalid)]
    public void The_head_of_a_packet_tells_its_length(byte[] bytes, int? length) =>
        Assert.Equal(length, PacketHead.PacketLength(new ReadOnlySequence<byte>(bytes)));

    [Fact]
    public async Task More_connections_than_there_may_be_are_closed()
    {
        await using var server = await MqttAccessServer.StartAsync("--Mqtt:MaxConnections=1");
        await using var first = await OpenAsync(server);
        using var second = new TcpClient();
        await second.ConnectAsync(IPAddress.Loopback, server.TlsPort, TestContext.Current.CancellationToken);

        var read = await second.GetStream().ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, TestContext.Current.CancellationToken)
            .AsTask().ContinueWith(task => task.IsFaulted ? 0 : task.Result, TaskScheduler.Default);

        Assert.Equal(0, read);
    }

    [Fact]
    public async Task Bad_clients_do_not_fill_the_log()
    {
        using var log = new Lines();
        await using var server = await MqttAccessServer.StartAsync(log, null);
        for (var i = 0; i < 20; i++)
        {
            using var plain = new TcpClient();
            await plain.ConnectAsync(IPAddress.Loopback, server.TlsPort, TestContext.Current.CancellationToken);
            await plain.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            await plain.GetStream().ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, TestContext.Current.CancellationToken)
                .AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
            Assert.Null(await server.CallerAsync(new(server.TlsPort) { Password = "iotj.lamp.id.a-secret" }, "one"));
        }
        server.Api.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await server.CallerAsync(new(server.TlsPort), "one"));

        var lines = log.All.Where(line => line.Contains("refused", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains("MQTT client 'one' from 127.0.0.1 was refused. The token is not known here", lines[0], StringComparison.Ordinal);
        Assert.Contains("19 more", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(log.All, line => line.Contains("a-secret", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_start_tells_where_MQTT_is()
    {
        await using var server = await MqttAccessServer.StartAsync();
        var notice = server.Api.Output.ToString();

        Assert.Contains($"  MQTT            mqtts://127.0.0.1:{server.TlsPort}  (", notice, StringComparison.Ordinal);
        Assert.Contains($"  MQTT            mqtts://127.0.0.1:{server.Api.DeviceEndpoint.Port}  (with ALPN x-amzn-mqtt-ca)", notice, StringComparison.Ordinal);
        Assert.Contains($"  MQTT            ws://127.0.0.1:{server.Api.Endpoint.Port}/mqtt  (", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_ends_the_start_with_a_sentence_that_names_the_setting()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var failure = await Assert.ThrowsAsync<StartException>(
            () => MqttAccessServer.StartAsync($"--Mqtt:TlsPort={((IPEndPoint)taken.LocalEndpoint).Port}"));

        Assert.Equal(StartException.AddressInUse, failure.ExitCode);
        Assert.Contains("--Mqtt:TlsPort=PORT", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("65536")]
    public async Task A_port_that_is_none_is_refused(string port)
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => ApiServer.StartAsync($"--Mqtt:TlsPort={port}"));

        Assert.Contains("Mqtt:TlsPort", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_of_another_address_is_refused()
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => ApiServer.StartAsync("--urls=http://127.0.0.1:18081", "--Mqtt:TlsPort=18081"));

        Assert.Contains("a port of its own", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<TlsConnection> OpenAsync(MqttAccessServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.TlsPort, TestContext.Current.CancellationToken);
        var stream = new TlsConnection(client);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = DeviceClient.Trust(server.Api) }, TestContext.Current.CancellationToken);
        return stream;
    }

    /// <summary>Completes when the other side has closed the connection.</summary>
    private static async Task EndAsync(SslStream stream)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        var buffer = new byte[256];
        try
        {
            while (await stream.ReadAsync(buffer, deadline.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // That is one way to close it.
        }
    }

    private sealed class TlsConnection(TcpClient socket) : SslStream(socket.GetStream(), leaveInnerStreamOpen: false)
    {
        public TcpClient Socket => socket;
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
