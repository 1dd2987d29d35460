using System.Net;
using System.Net.Sockets;
using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Server.Tests.Settings;

public sealed class PortProbeTests
{
    [Theory]
    [InlineData("https://127.0.0.1:8443", "127.0.0.1:8443")]
    [InlineData("https://localhost:8443", "127.0.0.1:8443 [::1]:8443")]
    [InlineData("https://*:8443", "[::]:8443")]
    [InlineData("https://0.0.0.0:8443", "0.0.0.0:8443")]
    [InlineData("https://[::1]:8443", "[::1]:8443")]
    [InlineData("http://unix:/tmp/jobs.sock", "")]
    public void The_very_address_is_tried(string url, string expected) =>
        Assert.Equal(expected, string.Join(' ', PortProbe.EndpointsOf(url)));

    [Theory]
    [InlineData("https://127.0.0.1:{0}", true)]
    [InlineData("https://localhost:{0}", true)]
    [InlineData("https://0.0.0.0:{0}", true)]
    [InlineData("https://*:{0}", true)]
    [InlineData("https://127.0.0.2:{0}", false)]
    public void A_port_is_taken_where_somebody_listens_at_its_address(string form, bool isTaken)
    {
        Assert.SkipWhen(form.Contains("127.0.0.2", StringComparison.Ordinal) && !OperatingSystem.IsLinux(), "Other systems have one loopback address.");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal(isTaken, PortProbe.IsTaken(PortProbe.EndpointsOf(form.Replace("{0}", $"{port}", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_port_that_was_tried_can_be_listened_at()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        var endpoint = (IPEndPoint)first.LocalEndpoint;
        first.Stop();

        Assert.False(PortProbe.IsTaken([endpoint]));
        using var second = new TcpListener(endpoint);
        second.Start();
    }

    [Fact]
    public void Who_is_about_to_end_is_waited_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = false;

        Assert.False(PortProbe.IsTaken([(IPEndPoint)listener.LocalEndpoint], () =>
        {
            asked = true;
            listener.Stop();
            return true;
        }));
        Assert.True(asked);
    }

    [Fact]
    public void Any_free_port_is_nobodys() => Assert.False(PortProbe.IsTaken([new(IPAddress.Loopback, 0)]));
}
