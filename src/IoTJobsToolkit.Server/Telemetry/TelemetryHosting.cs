using System.Diagnostics.Metrics;
using IoTJobsToolkit.Engine.Telemetry;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IoTJobsToolkit.Server.Telemetry;

/// <summary>Metrics and traces, collected where the settings want them to be read or sent.</summary>
internal static class TelemetryHosting
{
    private const string ServiceName = "iotjobs-toolkit";

    /// <summary>Of requests that say nothing of the work: who asks how the server is, and pages' connections, which last as long as the page.</summary>
    private static readonly PathString[] Untold = ["/healthz", "/readyz", MetricsEndpoint.Path, "/_blazor", "/_framework"];

    public static void AddTelemetry(this IServiceCollection services, TelemetrySettings settings)
    {
        services.AddSingleton<MqttMeter>();
        if (settings is { Metrics: MetricsReaders.Off, Otlp: null })
        {
            return;
        }
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: StartNotice.Version).AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(JobsTelemetry.MeterName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
                if (settings.Metrics != MetricsReaders.Off)
                {
                    metrics.AddPrometheusExporter();
                }
                if (settings.Otlp is not null)
                {
                    metrics.AddOtlpExporter(exporter => Send(exporter, settings, "v1/metrics"));
                }
            });
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
        {
            // Several servers in one process each tell their own figures, and the process's.
            var own = provider.GetRequiredService<IMeterFactory>();
            metrics.AddView(instrument => instrument.Meter.Scope is not IMeterFactory others || ReferenceEquals(others, own) ? null : MetricStreamConfiguration.Drop);
        });
        if (settings.Otlp is not null)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(JobsTelemetry.SourceName)
                .AddAspNetCoreInstrumentation(http => http.Filter = request => !Untold.Any(path => request.Request.Path.StartsWithSegments(path)))
                .AddOtlpExporter(exporter => Send(exporter, settings, "v1/traces")));
        }
    }

    private static void Send(OtlpExporterOptions exporter, TelemetrySettings settings, string signal)
    {
        exporter.Protocol = settings.OtlpProtocol;
        exporter.Endpoint = settings.OtlpProtocol == OtlpExportProtocol.HttpProtobuf ? Below(settings.Otlp!, signal) : settings.Otlp!;
    }

    private static Uri Below(Uri address, string path) => new($"{address.AbsoluteUri.TrimEnd('/')}/{path}");
}
