using System.Text.Json;
using IoTJobsToolkit.Server.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace IoTJobsToolkit.Server.Health;

/// <summary>
/// <c>/healthz</c> says whether the server lives, for who would start it anew; <c>/readyz</c> whether to send it requests, for who
/// distributes them. Nobody needs credentials to ask, so nothing is told but the reason.
/// </summary>
internal static class ServerHealth
{
    private const string Live = "live";

    /// <summary>How long the store may take for one read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static void AddServerHealth(this IServiceCollection services)
    {
        services.AddSingleton<StoreCheck>();
        services.AddSingleton<EngineCheck>();
        services.AddHealthChecks()
            .AddCheck<StoppingCheck>("stopping")
            .AddCheck<EngineCheck>("engine", tags: [Live])
            .AddCheck<StoreCheck>("store", timeout: Patience);
    }

    public static void MapServerHealth(this IEndpointRouteBuilder endpoints)
    {
        Map("/healthz", check => check.Tags.Contains(Live));
        Map("/readyz", _ => true);

        void Map(string path, Func<HealthCheckRegistration, bool> checks) => endpoints
            .MapMethods(path, [HttpMethods.Get, HttpMethods.Head], http => AnswerAsync(http, checks))
            .WithMetadata(ApiEndpoint.Instance)
            .ShortCircuit();
    }

    private static async Task AnswerAsync(HttpContext http, Func<HealthCheckRegistration, bool> checks)
    {
        var services = http.RequestServices;
        ApiResponse.Begin(http, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(checks, http.RequestAborted).ConfigureAwait(false);
        var isUsable = report.Status != HealthStatus.Unhealthy;
        var reasons = report.Entries.Values.Where(entry => entry.Status != HealthStatus.Healthy).Select(entry => entry.Description).ToList();
        object answer = reasons.Count == 0 ? new { status = "ok" } : new { status = isUsable ? "degraded" : "failed", message = string.Join(" ", reasons) };
        await ApiResponse.WriteAsync(
            http, isUsable ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, JsonSerializer.SerializeToUtf8Bytes(answer)).ConfigureAwait(false);
    }
}
