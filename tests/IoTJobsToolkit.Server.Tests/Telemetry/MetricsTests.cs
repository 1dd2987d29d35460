using System.Text.RegularExpressions;
using IoTJobsToolkit.Server.Tests.Mqtt;

namespace IoTJobsToolkit.Server.Tests.Telemetry;

public sealed class MetricsTests
{
    private const string Loopback = "--Telemetry:Metrics=loopback";

    [Fact]
    public async Task Figures_agree_with_what_was_done()
    {
        await using var server = await ApiServer.StartAsync(Loopback);
        await server.CreateJob("fw", "lamp-1", "lamp-2", "lamp-3");
        await server.Data("PUT /things/lamp-1/jobs/$next", "{}");
        (await server.Data("POST /things/lamp-1/jobs/fw", """{"status":"SUCCEEDED"}""")).IsOk();
        (await server.Data("PUT /things/lamp-2/jobs/$next", "{}")).IsOk();
        (await server.Control("GET /jobs/other")).IsRefused(404, "ResourceNotFoundException");

        var figures = await Figures.ReadAsync(server);

        Assert.Equal(1, figures["iotjobs_jobs", ("iotjobs_job_status", "IN_PROGRESS")]);
        Assert.Equal(0, figures["iotjobs_jobs", ("iotjobs_job_status", "COMPLETED")]);
        Assert.Equal(
            (1, 1, 1, 0),
            (Executions(figures, "QUEUED"), Executions(figures, "IN_PROGRESS"), Executions(figures, "SUCCEEDED"), Executions(figures, "FAILED")));
        Assert.Equal((3, 2, 1), (Changes(figures, "QUEUED"), Changes(figures, "IN_PROGRESS"), Changes(figures, "SUCCEEDED")));
        Assert.Equal((3, 1, 2), (figures.Operations("CreateThing"), figures.Operations("CreateJob"), figures.Operations("StartNextPendingJobExecution")));
        Assert.Equal((0, 1), (figures.Operations("DescribeJob"), figures.Operations("DescribeJob", "ResourceNotFound")));
        Assert.True(figures["iotjobs_commit_duration_seconds_count"] >= 7);
        Assert.True(figures["iotjobs_commit_size_sum"] >= 7);
        Assert.Equal(0, figures["iotjobs_events_missed_total"]);
    }

    [Fact]
    public async Task What_was_there_before_the_start_counts_and_what_is_deleted_does_not()
    {
        await using var first = await ApiServer.StartAsync();
        await first.CreateJob("fw", "lamp-1", "lamp-2");
        await first.CreateJob("cfg", "gate-1");
        await using var second = await ApiServer.StartAsync(first.Store, $"--Jobs:DatabasePath={first.DatabasePath}", Loopback);

        Assert.Equal(3, Executions(await Figures.ReadAsync(second), "QUEUED"));
        (await second.Control("DELETE /jobs/fw?force=true")).IsOk();
        await second.Engine.PassTimeAsync(TestContext.Current.CancellationToken);

        var left = await Figures.ReadAsync(second, figures => Executions(figures, "QUEUED") != 3);
        Assert.Equal((1, 0), (Executions(left, "QUEUED"), Executions(left, "CANCELED")));
        Assert.Equal(1, left["iotjobs_jobs", ("iotjobs_job_status", "IN_PROGRESS")]);
    }

    [Fact]
    public async Task Servers_of_one_process_each_tell_their_own()
    {
        await using var one = await ApiServer.StartAsync(Loopback);
        await using var other = await ApiServer.StartAsync(Loopback);
        await one.CreateJob("fw", "lamp-1");

        Assert.Equal(1, Executions(await Figures.ReadAsync(one), "QUEUED"));
        var others = await Figures.ReadAsync(other);
        Assert.Equal((0, 0), (Executions(others, "QUEUED"), others.Operations("CreateThing")));
    }

    [Fact]
    public async Task Connections_and_messages_of_mqtt_are_counted()
    {
        await using var server = await BrokerServer.StartAsync(Loopback);
        await server.CreateThings("lamp-1");
        var (lamp, other) = (await server.ConnectAsync("lamp-1"), await server.ConnectAsync("other"));
        await other.SubscribeAsync("open/#");
        await lamp.PublishAsync("open/hello", "1");
        await other.ReceiveAsync();

        var figures = await Figures.ReadAsync(server.Api, found => Messages(found, "transmit") == 1);
        Assert.Equal((2, 1), (figures["iotjobs_mqtt_connections"], Messages(figures, "receive")));

        await lamp.DisconnectAsync();
        Assert.Equal(1, (await Figures.ReadAsync(server.Api, found => found["iotjobs_mqtt_connections"] != 2))["iotjobs_mqtt_connections"]);
    }

    [Fact]
    public async Task Events_that_a_subscriber_was_too_slow_for_are_counted()
    {
        await using var server = await ApiServer.StartAsync(Loopback);
        using var slow = server.Engine.Subscribe(capacity: 1);
        await server.CreateJob("fw", "lamp-1", "lamp-2");

        Assert.True((await Figures.ReadAsync(server))["iotjobs_events_missed_total"] > 0);
    }

    [Fact]
    public async Task Every_figure_is_in_the_documentation()
    {
        await using var server = await BrokerServer.StartAsync(Loopback);
        await server.Api.CreateJob("fw", "lamp-1");
        var lamp = await server.ConnectAsync("lamp-1");
        await lamp.PublishAsync("open/hello", "1");
        var figures = await Figures.ReadAsync(server.Api, found => Messages(found, "receive") == 1);

        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Data", "telemetry.md"), TestContext.Current.CancellationToken);
        Assert.Equal(
            Regex.Matches(page, "^\\| `(iotjobs_[a-z_]+)`", RegexOptions.Multiline).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal),
            figures.Families.Order(StringComparer.Ordinal));
    }

    private static double? Executions(Figures figures, string status) => figures["iotjobs_executions", ("iotjobs_execution_status", status)];

    private static double? Changes(Figures figures, string status) => figures["iotjobs_execution_changes_total", ("iotjobs_execution_status", status)];

    private static double? Messages(Figures figures, string direction) => figures["iotjobs_mqtt_messages_total", ("network_io_direction", direction)];
}
