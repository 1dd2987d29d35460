using System.Diagnostics;
using IoTJobsToolkit.Engine.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace IoTJobsToolkit.Server.Tests.Telemetry;

public sealed class TraceTests
{
    [Fact]
    public async Task Each_operation_is_a_span_below_its_request_with_its_job_and_its_error()
    {
        var spans = new List<Activity>();
        await using var collector = await Collector.StartAsync();
        await using (var server = await ApiServer.StartWithAsync(
            services => services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddInMemoryExporter(spans)), collector.Settings))
        {
            await server.CreateJob("traced-7", "traced-lamp");
            (await server.Control("GET /jobs/traced-8")).IsRefused(404, "ResourceNotFoundException");
            (await server.Data("POST /things/traced-lamp/jobs/traced-7", """{"status":"FAILED","statusDetails":{"reason":"secret detail"}}""")).IsOk();
        }

        var own = spans.Where(span => span.Source.Name == JobsTelemetry.SourceName).ToList();
        var created = Assert.Single(own, span => span.OperationName == "CreateJob" && (string?)span.GetTagItem("iotjobs.job.id") == "traced-7");
        Assert.Equal((ActivityStatusCode.Unset, "Operator"), (created.Status, created.GetTagItem("iotjobs.caller.kind")));
        Assert.Contains(spans, span => span.Kind == ActivityKind.Server && span.SpanId == created.ParentSpanId);
        var refused = Assert.Single(own, span => (string?)span.GetTagItem("iotjobs.job.id") == "traced-8");
        Assert.Equal((ActivityStatusCode.Error, "ResourceNotFound"), (refused.Status, refused.GetTagItem("error.type")));
        var update = Assert.Single(own, span => span.OperationName == "UpdateJobExecution" && (string?)span.GetTagItem("iotjobs.thing.name") == "traced-lamp");
        Assert.All([created, refused, update], span => Assert.All(
            span.TagObjects, tag => Assert.Contains(tag.Key, (string[])["iotjobs.operation.name", "iotjobs.caller.kind", "iotjobs.job.id", "iotjobs.thing.name", "error.type"])));
    }

    [Fact]
    public async Task Metrics_and_traces_reach_a_collector()
    {
        await using var collector = await Collector.StartAsync();
        await using (var server = await ApiServer.StartAsync(collector.Settings))
        {
            (await server.Control("GET /jobs")).IsOk();
            (await server.Send("GET /metrics")).IsRefused(404, "UnknownOperationException");
        }

        Assert.Equal(["/base/v1/metrics", "/base/v1/traces"], collector.Paths.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Takes what is exported, on a free port.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _paths = new();

        private Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.Run(http =>
            {
                _paths.Enqueue(http.Request.Path.Value!);
                http.Response.ContentType = "application/x-protobuf";
                return Task.CompletedTask;
            });
        }

        public IEnumerable<string> Paths => _paths;

        public string[] Settings => [$"--Telemetry:Otlp={_app.Urls.Single()}/base/", "--Telemetry:OtlpProtocol=http/protobuf"];

        public static async Task<Collector> StartAsync()
        {
            var collector = new Collector();
            await collector._app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
