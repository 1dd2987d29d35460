using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

public sealed class BrokerSettingsTests
{
    [Theory]
    [InlineData("mqtts://broker.example", "mqtts://broker.example:8883")]
    [InlineData("mqtt://broker.example", "mqtt://broker.example:1883")]
    [InlineData("MQTTS://u:p%40%3A@10.0.0.1:1/", "mqtts://10.0.0.1:1")]
    [InlineData("mqtts://[::1]:8884", "mqtts://[::1]:8884")]
    public void An_address_is_shown_without_user_and_password(string address, string shown)
    {
        var broker = Read(("Broker", address))!;

        Assert.Equal((shown, shown), (broker.Address, broker.ToString()));
    }

    [Theory]
    [InlineData("mqtts://u:p%40%3Aq@h", null, null, "u", "p@:q")]
    [InlineData("mqtts://u@h", null, "secret", "u", "secret")]
    [InlineData("mqtts://h", "u", "secret", "u", "secret")]
    [InlineData("mqtts://h", null, null, null, null)]
    public void User_and_password_are_in_the_address_or_in_settings_of_their_own(string address, string? user, string? password, string? readUser, string? readPassword)
    {
        var broker = Read(("Broker", address), ("BrokerUser", user), ("BrokerPassword", password))!;

        Assert.Equal((readUser, readPassword), (broker.User, broker.Password));
    }

    [Theory]
    [InlineData("http://u:secret@h")]
    [InlineData("mqtts://u:secret@h/path")]
    [InlineData("mqtts://u:sec#ret@h")]
    [InlineData("mqtts://u:sec/ret@h")]
    [InlineData("mqtts://u:secret@h?x=secret")]
    [InlineData("mqtts://u:secret@h:99999")]
    [InlineData("mqtts://u:secret@")]
    [InlineData("u:secret@h")]
    public void An_address_that_is_none_is_refused_without_its_password(string address)
    {
        var refusal = Assert.Throws<StartException>(() => Read(("Broker", address)));

        Assert.Equal(StartException.BadSetting, refusal.ExitCode);
        Assert.Contains("Mqtt:Broker", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("mqtts://HOST:PORT", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", refusal.ToString().Replace("seconds", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Port", "1883", "Mqtt:Port is where the server's own broker listens")]
    [InlineData("TlsPort", "auto", "Mqtt:TlsPort is where the server's own broker listens")]
    [InlineData("BrokerUser", "u", "The user or password is in Mqtt:Broker and in")]
    [InlineData("BrokerPassword", "p", "The user or password is in Mqtt:Broker and in")]
    [InlineData("BrokerPrefix", "dev", "levels of a topic with a slash at the end")]
    [InlineData("BrokerPrefix", "dev/+/", "levels of a topic with a slash at the end")]
    [InlineData("BrokerPrefix", "/", "levels of a topic with a slash at the end")]
    [InlineData("BrokerGroup", "a/b", "1 to 64 letters")]
    [InlineData("BrokerClientId", "a b", "1 to 64 letters")]
    [InlineData("BrokerCa", "ca.pem", "are for TLS")]
    public void What_does_not_go_with_the_broker_is_refused(string name, string value, string message)
    {
        var refusal = Assert.Throws<StartException>(() => Read(("Broker", "mqtt://u:p@h"), (name, value)));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_a_broker_are_none_without_it()
    {
        Assert.Null(Read(("Port", "1884")));
        Assert.StartsWith("Mqtt:BrokerUser is for a broker of its own", Assert.Throws<StartException>(() => Read(("BrokerUser", "u"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_with_a_broker_listens_for_no_MQTT()
    {
        var settings = All(("Broker", "mqtts://h"), ("Port", "0"), ("BrokerPrefix", "a/b/"));

        Assert.Equal((null, null, "a/b/"), (settings.Mqtt.Port, settings.MqttListen.TlsPort, settings.Mqtt.Broker!.Prefix));
    }

    private static BrokerSettings? Read(params (string Name, string? Value)[] settings) => All(settings).Mqtt.Broker;

    private static ServerSettings All(params (string Name, string? Value)[] settings) => ServerSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Mqtt:{setting.Name}", setting.Value))).Build());
}
