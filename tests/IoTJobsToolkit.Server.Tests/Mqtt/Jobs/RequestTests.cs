using System.Text.Json;
using MQTTnet.Formatter;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Jobs;

public sealed class RequestTests : BrokerTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Server.Api.CreateJob("J", "T");
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Who_asks_is_answered_whether_he_subscribed_or_not(MqttProtocolVersion version)
    {
        var client = await Server.ConnectAsync("T", version);

        await client.PublishAsync("$aws/things/T/jobs/get", """{"clientToken":"c"}""");

        var answer = await client.NextAsync();
        Assert.Equal(("$aws/things/T/jobs/get/accepted", AtMostOnce), (answer.Topic, answer.QualityOfServiceLevel));
        using var json = JsonDocument.Parse(TestClient.Text(answer));
        Assert.Equal("J", json.RootElement.GetProperty("queuedJobs")[0].GetProperty("jobId").GetString());
        Assert.Equal("c", json.RootElement.GetProperty("clientToken").GetString());
    }

    [Fact]
    public async Task Who_subscribed_is_answered_once_with_the_quality_that_he_asked_for()
    {
        var client = await Server.ConnectAsync("T");
        await client.SubscribeAsync(5, TestClient.Filter("$aws/things/T/jobs/#", AtLeastOnce));
        await client.SubscribeAsync("$aws/things/T/jobs/get/accepted", AtMostOnce);

        await client.PublishAsync("$aws/things/T/jobs/get", "", AtMostOnce);
        var first = await client.NextAsync();
        await client.PublishAsync("$aws/things/T/jobs/J/get", "", AtMostOnce);
        var second = await client.NextAsync();

        Assert.Equal(("$aws/things/T/jobs/get/accepted", AtLeastOnce), (first.Topic, first.QualityOfServiceLevel));
        Assert.Equal([5u], first.SubscriptionIdentifiers);
        Assert.Equal("$aws/things/T/jobs/J/get/accepted", second.Topic);
    }

    [Fact]
    public async Task Nobody_else_sees_the_answer()
    {
        var (client, watcher) = (await Server.ConnectAsync("T"), await Server.ConnectAsync("@watcher"));
        await watcher.SubscribeAsync("$aws/things/T/jobs/#");

        await client.PublishAsync("$aws/things/T/jobs/get");
        await client.NextAsync();

        Assert.Empty(await watcher.AllAsync());
    }

    [Theory]
    [InlineData("$aws/things/T/jobs/$next/update", "{}", "InvalidTopic")]
    [InlineData("$aws/things/T/jobs/get", "no json", "InvalidJson")]
    [InlineData("$aws/things/T/jobs/none/get", "{}", "ResourceNotFound")]
    public async Task What_cannot_be_done_is_rejected(string topic, string payload, string code)
    {
        var client = await Server.ConnectAsync("T");

        await client.PublishAsync(topic, payload);

        var answer = await client.NextAsync();
        Assert.Equal($"{topic}/rejected", answer.Topic);
        Assert.Contains($"\"code\":\"{code}\"", TestClient.Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_works_through_a_job()
    {
        var client = await Server.ConnectAsync("T", MqttProtocolVersion.V311);

        await client.PublishAsync("$aws/things/T/jobs/start-next", "{}");
        Assert.Contains("\"jobId\":\"J\"", await client.NextTextAsync(), StringComparison.Ordinal);
        await client.PublishAsync("$aws/things/T/jobs/J/update", """{"status":"SUCCEEDED","expectedVersion":"2"}""");
        Assert.StartsWith("$aws/things/T/jobs/J/update/accepted", await client.NextTextAsync(), StringComparison.Ordinal);
        await client.PublishAsync("$aws/things/T/jobs/$next/get", "{}");

        Assert.Matches("^\\$aws/things/T/jobs/\\$next/get/accepted \\{\"timestamp\":[0-9]{10}\\}$", await client.NextTextAsync());
    }

    [Fact]
    public async Task Who_watches_the_events_sees_the_end_of_a_job()
    {
        (await Server.Api.Control("PATCH /event-configurations", """{"eventConfigurations":{"JOB":{"Enabled":true}}}""")).IsOk();
        var (client, watcher) = (await Server.ConnectAsync("T"), await Server.ConnectAsync("@watcher"));
        await watcher.SubscribeAsync("$aws/events/#");

        await client.PublishAsync("$aws/things/T/jobs/J/update", """{"status":"SUCCEEDED"}""");

        var message = await watcher.NextAsync();
        Assert.Equal(("$aws/events/job/J/completed", AtLeastOnce, false), (message.Topic, message.QualityOfServiceLevel, message.Retain));
    }

    [Fact]
    public async Task A_thing_is_told_of_a_new_job_and_of_its_end_after_the_answer()
    {
        var client = await Server.ConnectAsync("U");
        await client.SubscribeAsync("$aws/things/U/jobs/#");

        await Server.Api.CreateJob("K", "U");
        Assert.Matches("^\\$aws/things/U/jobs/notify \\{.*\"jobId\":\"K\"", await client.NextTextAsync());
        Assert.Matches("^\\$aws/things/U/jobs/notify-next \\{.*\"jobId\":\"K\"", await client.NextTextAsync());
        await client.PublishAsync("$aws/things/U/jobs/K/update", """{"status":"SUCCEEDED"}""");

        Assert.StartsWith("$aws/things/U/jobs/K/update/accepted", await client.NextTextAsync(), StringComparison.Ordinal);
        Assert.Matches("^\\$aws/things/U/jobs/notify \\{.*\"jobs\":\\{\\}\\}$", await client.NextTextAsync());
        Assert.Matches("^\\$aws/things/U/jobs/notify-next \\{\"timestamp\":[0-9]+\\}$", await client.NextTextAsync());
    }
}
