using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace IoTJobsToolkit.Server.Tests.Telemetry;

public sealed class MetricsDoorTests
{
    private const string Token = "prometheus-of-the-site";

    [Fact]
    public async Task Without_a_setting_there_are_no_metrics_to_read()
    {
        await using var server = await ApiServer.StartAsync();

        (await server.Send("GET /metrics")).IsRefused(404, "UnknownOperationException");
    }

    [Theory]
    [InlineData("jobs.example.com")]
    [InlineData("10.0.0.7:8080")]
    public async Task Loopback_is_not_what_came_to_this_machine_under_another_name(string host)
    {
        await using var server = await ApiServer.StartAsync("--Telemetry:Metrics=loopback");

        (await server.Send("GET /metrics")).IsOk();
        (await server.Send("GET /metrics", change: request => request.Headers.Host = host)).IsRefused(403, "AccessDeniedException");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer prometheus-of-the-sit")]
    [InlineData("Bearer")]
    [InlineData("Basic prometheus-of-the-site")]
    public async Task With_a_token_who_does_not_show_it_reads_nothing(string? shown)
    {
        await using var server = await ApiServer.StartAsync("--Telemetry:Metrics=token", $"--Telemetry:MetricsToken={Token}");

        var refused = (await server.Send("GET /metrics", change: request => request.Headers.TryAddWithoutValidation("Authorization", shown)))
            .IsRefused(403, "AccessDeniedException");

        Assert.DoesNotContain(Token, refused.Body, StringComparison.Ordinal);
        Assert.Contains(
            "iotjobs_jobs",
            (await server.Send("GET /metrics", change: request => request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}"))).IsOk().Body,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Metrics=everybody", "Off, Loopback, Token")]
    [InlineData("Metrics=token", "belong together")]
    [InlineData("MetricsToken=prometheus-of-the-site", "belong together")]
    [InlineData("Metrics=token;MetricsToken=short", "at least 16 characters")]
    [InlineData("Otlp=collector:4317", "http://collector.example.com:4317")]
    [InlineData("Otlp=http://u:pass@collector", "http://collector.example.com:4317")]
    [InlineData("Otlp=http://collector;OtlpProtocol=json", "grpc, http/protobuf")]
    [InlineData("Metric=loopback", "There is no setting Telemetry:Metric")]
    public void A_wrong_setting_ends_the_start_with_what_is_allowed(string settings, string told)
    {
        var values = settings.Split(';').Select(setting => setting.Split('=')).ToDictionary(setting => $"Telemetry:{setting[0]}", setting => (string?)setting[1]);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();

        var refused = Assert.Throws<StartException>(() => TelemetrySettings.Read(new(configuration)));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_standard_variables_name_the_collector_and_settings_count_more()
    {
        var variables = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4318",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        var standard = TelemetrySettings.Read(new(new ConfigurationBuilder().AddInMemoryCollection(variables).Build()));
        var own = TelemetrySettings.Read(new(new ConfigurationBuilder().AddInMemoryCollection(variables)
            .AddInMemoryCollection([new("Telemetry:Otlp", "http://other:4317"), new("Telemetry:OtlpProtocol", "grpc")]).Build()));

        Assert.Equal((new("http://collector:4318"), "HttpProtobuf"), (standard.Otlp, $"{standard.OtlpProtocol}"));
        Assert.Equal((new("http://other:4317"), "Grpc"), (own.Otlp, $"{own.OtlpProtocol}"));
    }
}
