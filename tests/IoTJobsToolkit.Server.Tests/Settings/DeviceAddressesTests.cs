using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Server.Tests.Settings;

public sealed class DeviceAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "https://127.0.0.1:8443")]
    [InlineData("http://localhost:8080", "https://localhost:8443")]
    [InlineData("http://*:8080", "https://*:8443")]
    [InlineData("http://+:8080", "https://*:8443")]
    [InlineData("http://jobs.example.com:8080", "https://*:8443")]
    [InlineData("http://0.0.0.0:80;https://0.0.0.0:443", "https://0.0.0.0:8443")]
    [InlineData("http://[::]:8080", "https://[::]:8443")]
    [InlineData("http://127.0.0.1:80;http://127.0.0.1:81;http://10.0.0.1:80", "https://127.0.0.1:8443 https://10.0.0.1:8443")]
    [InlineData("http://127.0.0.1:80;http://localhost:81;http://10.0.0.1:80", "https://localhost:8443 https://10.0.0.1:8443")]
    [InlineData("http://127.0.0.1:80;http://0.0.0.0:81;http://localhost:82;http://[fe80::1]:80", "https://0.0.0.0:8443 https://[fe80::1]:8443")]
    [InlineData("http://127.0.0.1:80;http://*:81", "https://*:8443")]
    [InlineData("http://unix:/tmp/jobs.sock", "https://127.0.0.1:8443")]
    public void Devices_call_the_hosts_that_others_call(string urls, string expected) =>
        Assert.Equal(expected.Split(' '), DeviceAddresses.Of(new(), urls.Split(';'), urls.Split(';')));

    [Fact]
    public void Any_free_port_is_one_of_an_address() => Assert.Equal(
        ["https://127.0.0.1:0"], DeviceAddresses.Of(new() { Port = 0, IsDefaultPort = false }, ["http://localhost:80"], ["http://localhost:80"]));

    [Fact]
    public void No_port_is_no_address() => Assert.Empty(DeviceAddresses.Of(new() { Port = null }, ["http://127.0.0.1:80"], []));

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_port_that_nobody_chose_gives_way(bool isDefault, int count) => Assert.Equal(
        count, DeviceAddresses.Of(new() { IsDefaultPort = isDefault }, ["http://127.0.0.1:80"], ["https://127.0.0.1:8443"]).Count);
}
