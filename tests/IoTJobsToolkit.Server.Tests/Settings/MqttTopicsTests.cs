using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace IoTJobsToolkit.Server.Tests.Settings;

public sealed class MqttTopicsTests
{
    private static readonly Caller Lamp = Caller.Device("lamp");

    [Fact]
    public void Devices_get_the_ordinary_topics_that_the_settings_give_them_and_each_its_own()
    {
        var topics = Read(("Mqtt:DevicesPublish", "fleet/${thing}/#; alarms"), ("Mqtt:DevicesSubscribe", "news/#")).Topics;

        Assert.True(topics.MayPublish(Lamp, "fleet/lamp/temperature"));
        Assert.True(topics.MayPublish(Lamp, "alarms"));
        Assert.False(topics.MayPublish(Lamp, "fleet/other/temperature"));
        Assert.False(topics.MayPublish(Lamp, "news/today"));
        Assert.True(topics.MaySubscribe(Lamp, "news/today"));
        Assert.False(topics.MaySubscribe(Lamp, "fleet/lamp/#"));
    }

    [Fact]
    public void Without_a_setting_a_device_has_its_own_jobs_alone()
    {
        var topics = Read().Topics;

        Assert.True(topics.MayPublish(Lamp, "$aws/things/lamp/jobs/get"));
        Assert.False(topics.MayPublish(Lamp, "$aws/things/other/jobs/get"));
        Assert.False(topics.MayPublish(Lamp, "lamp"));
        Assert.False(topics.MaySubscribe(Lamp, "#"));
    }

    [Theory]
    [InlineData("a/#/b")]
    [InlineData("$aws/things/+/jobs/#")]
    [InlineData("a+")]
    public void What_is_no_filter_of_ordinary_topics_ends_the_start_with_its_name(string pattern)
    {
        var refusal = Assert.Throws<StartException>(() => Read(("Mqtt:DevicesPublish", $"good;{pattern}")));
        Assert.Contains("Mqtt:DevicesPublish", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"'{pattern}'", refusal.Message, StringComparison.Ordinal);
    }

    private static MqttSettings Read(params (string Name, string Value)[] settings) => MqttSettings.Read(new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build()));
}
