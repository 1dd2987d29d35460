using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Portal.Components;
using IoTJobsToolkit.Portal.Indexing;
using IoTJobsToolkit.Portal.SignIn;
using IoTJobsToolkit.Portal.Vitals;
using IoTJobsToolkit.Server.Hosting;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>All that the pages need around a <see cref="JobsEngine"/> and a <see cref="TimeProvider"/>; without a sign-in they are open to everybody.</summary>
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
        services.TryAddSingleton<JobsTime>();
        services.AddInJobsTime<Pulse>();
        services.AddHostedService(provider => provider.GetRequiredService<Pulse>());
        services.AddScoped<IJobs, OperatorJobs>();
        services.AddScoped<AuthenticationStateProvider, PortalAuthenticationState>();
        services.TryAddSingleton(provider => new PortalSessions(provider.GetRequiredService<JobsEngine>(), provider.GetRequiredService<TimeProvider>(), isOpen: true));
        return services;
    }

    public static IEndpointConventionBuilder MapPortalPages(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets().WithMetadata(PortalAnswer.Asset);
        // The framework's own policy would be a second, weaker one.
        return app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .WithMetadata(PortalAnswer.Page);
    }
}
