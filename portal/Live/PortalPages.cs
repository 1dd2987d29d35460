using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Components;
using IoTJobsToolkit.Portal.Vitals;
using MudBlazor.Services;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>All that the pages need around a <see cref="JobsEngine"/> and a <see cref="TimeProvider"/>.</summary>
public static class PortalPages
{
    public static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddSingleton<LiveJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveJobs>());
        services.AddSingleton<Pulse>();
        services.AddHostedService(provider => provider.GetRequiredService<Pulse>());
        services.AddScoped<IJobs, OperatorJobs>();
        return services;
    }

    public static IEndpointConventionBuilder MapPortalPages(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        return app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
