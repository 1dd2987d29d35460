using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Components;
using IoTJobsToolkit.Portal.Indexing;
using MudBlazor.Services;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>All that the pages need around a <see cref="JobsEngine"/> and a <see cref="TimeProvider"/>.</summary>
public static class PortalPages
{
    /// <summary>Bytes which a page may send at once: room for the longest text that a form takes, all of it escaped.</summary>
    private const long MaxMessage = 1536 * 1024;

    public static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxMessage);
        services.AddMudServices();
        services.AddSingleton<LiveJobs>();
        services.AddSingleton<JobIndexes>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveJobs>());
        services.AddScoped<IJobs, OperatorJobs>();
        return services;
    }

    public static IEndpointConventionBuilder MapPortalPages(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        return app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
