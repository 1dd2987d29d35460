using Microsoft.Extensions.DependencyInjection;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

public sealed class ExternalStoryTests : ExternalTest
{
    [Fact]
    public async Task A_device_is_told_asks_and_is_answered_by_way_of_the_broker()
    {
        var server = await ConnectServerAsync();
        var device = await ListeningDeviceAsync("T");

        await server.CreateJob("J", "T");
        Assert.Matches("^\\$aws/things/T/jobs/notify \\{.*\"jobId\":\"J\"", await device.NextTextAsync());
        Assert.Matches("^\\$aws/things/T/jobs/notify-next \\{.*\"jobId\":\"J\".*\"jobDocument\":\\{\\}", await device.NextTextAsync());
        await device.PublishAsync("$aws/things/T/jobs/get", """{"clientToken":"c"}""");
        Assert.Matches("^\\$aws/things/T/jobs/get/accepted \\{.*\"jobId\":\"J\".*\"clientToken\":\"c\"", await device.NextTextAsync());
        await device.PublishAsync("$aws/things/T/jobs/start-next", "{}");
        Assert.Matches("^\\$aws/things/T/jobs/start-next/accepted \\{.*\"status\":\"IN_PROGRESS\"", await device.NextTextAsync());
        await device.PublishAsync("$aws/things/T/jobs/J/update", """{"status":"SUCCEEDED","expectedVersion":"2"}""");

        Assert.StartsWith("$aws/things/T/jobs/J/update/accepted", await device.NextTextAsync(), StringComparison.Ordinal);
        Assert.Matches("^\\$aws/things/T/jobs/notify \\{.*\"jobs\":\\{\\}\\}$", await device.NextTextAsync());
        Assert.Matches("^\\$aws/things/T/jobs/notify-next \\{\"timestamp\":[0-9]+\\}$", await device.NextTextAsync());
    }

    [Fact]
    public async Task Answers_have_the_quality_of_what_was_asked_and_notices_quality_1_and_nothing_is_retained()
    {
        var server = await ConnectServerAsync();
        var device = await ListeningDeviceAsync("T");

        await server.CreateJob("J", "T");
        var notices = new[] { await device.NextAsync(), await device.NextAsync() };
        await device.PublishAsync("$aws/things/T/jobs/get", "", AtMostOnce);
        var first = await device.NextAsync();
        await device.PublishAsync("$aws/things/T/jobs/$next/get", "", ExactlyOnce);
        var second = await device.NextAsync();

        Assert.All(notices, notice => Assert.Equal((AtLeastOnce, false), (notice.QualityOfServiceLevel, notice.Retain)));
        Assert.Equal(("$aws/things/T/jobs/get/accepted", AtMostOnce), (first.Topic, first.QualityOfServiceLevel));
        Assert.Equal(("$aws/things/T/jobs/$next/get/accepted", AtLeastOnce), (second.Topic, second.QualityOfServiceLevel));
    }

    [Theory]
    [InlineData("$aws/things/T/jobs/$next/update", "{}", "InvalidTopic")]
    [InlineData("$aws/things/T/jobs/start-later", "{}", "InvalidTopic")]
    [InlineData("$aws/things/T/jobs/get", "no json", "InvalidJson")]
    [InlineData("$aws/things/T/jobs/get", "{}", "ResourceNotFound")]
    [InlineData("$aws/things/T/jobs/none/namespace-n/get", "{}", "ResourceNotFound")]
    public async Task What_cannot_be_done_is_rejected(string topic, string payload, string code)
    {
        await ConnectServerAsync();
        var device = await DeviceAsync("T");
        await device.SubscribeAsync($"{topic}/rejected");

        await device.PublishAsync(topic, payload);

        var answer = await device.NextAsync();
        Assert.Equal($"{topic}/rejected", answer.Topic);
        Assert.Contains($"\"code\":\"{code}\"", TestClient.Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namespace_has_its_own_topics()
    {
        var server = await ConnectServerAsync();
        await server.CreateJob("Plain", "T");
        var device = await DeviceAsync("T");
        await device.SubscribeAsync("$aws/things/T/jobs/notify-namespace-n");
        await device.SubscribeAsync("$aws/things/T/jobs/+/accepted");

        (await server.Control("PUT /jobs/Own", $$"""{"targets":["{{ApiServer.Arn}}thing/T"],"document":"{}","namespaceId":"n"}""")).IsOk();
        await server.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        Assert.Matches("^\\$aws/things/T/jobs/notify-namespace-n \\{.*\"jobId\":\"Own\"", await device.NextTextAsync());
        await device.PublishAsync("$aws/things/T/jobs/get-namespace-n");

        var pending = await device.NextTextAsync();
        Assert.Matches("^\\$aws/things/T/jobs/get-namespace-n/accepted \\{.*\"jobId\":\"Own\"", pending);
        Assert.DoesNotContain("Plain", pending, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_broker_lets_no_device_ask_for_another_thing()
    {
        var server = await ConnectServerAsync();
        await server.CreateJob("J", "T", "U");
        var (device, other) = (await DeviceAsync("T"), await ListeningDeviceAsync("U"));

        await device.PublishAsync("$aws/things/U/jobs/start-next");
        await other.PublishAsync("$aws/things/U/jobs/get");

        Assert.Matches("^\\$aws/things/U/jobs/get/accepted \\{\"inProgressJobs\":\\[\\],", await other.NextTextAsync());
    }

    [Fact]
    public async Task Events_come_to_who_watches_them()
    {
        var server = await ConnectServerAsync();
        (await server.Control("PATCH /event-configurations", """{"eventConfigurations":{"JOB":{"Enabled":true}}}""")).IsOk();
        await server.CreateJob("J", "T");
        var (device, watcher) = (await DeviceAsync("T"), await DeviceAsync("watcher"));
        await watcher.SubscribeAsync("$aws/events/job/#");

        await device.PublishAsync("$aws/things/T/jobs/J/update", """{"status":"SUCCEEDED"}""");

        var message = await watcher.NextAsync();
        Assert.Equal(("$aws/events/job/J/completed", AtLeastOnce), (message.Topic, message.QualityOfServiceLevel));
    }

    [Fact]
    public async Task Of_a_fleet_each_thing_is_told_once()
    {
        var things = Enumerable.Range(0, 100).Select(i => $"T{i}").ToArray(); // More than the broker takes at one time.
        var server = await ConnectServerAsync();
        List<TestClient> devices = [];
        foreach (var thing in things.Where((_, i) => i % 10 == 9))
        {
            devices.Add(await ListeningDeviceAsync(thing));
        }

        await server.CreateJob("J", things);

        foreach (var device in devices)
        {
            Assert.Matches("/notify \\{", await device.NextTextAsync());
            Assert.Matches("/notify-next \\{", await device.NextTextAsync());
        }
    }

    [Fact]
    public async Task The_server_speaks_no_MQTT_itself_and_says_where_it_is_spoken()
    {
        var server = await ConnectServerAsync();

        (await server.Send("GET /mqtt")).IsRefused(404, "UnknownOperationException");
        Assert.Null(server.Services.GetRequiredService<PlainListener>().Address);
        var notice = server.Output.ToString().Split('\n').Where(line => line.Contains("MQTT", StringComparison.Ordinal));
        Assert.Equal([$"  MQTT            mqtt://127.0.0.1:{Broker.ServerPort}  (the broker that devices connect to, without TLS; no MQTT here)"], notice);
    }
}
