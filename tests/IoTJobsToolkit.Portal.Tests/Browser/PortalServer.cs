using IoTJobsToolkit.Portal.Components.Activity;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The portal's pages over an engine in memory, on a port of 127.0.0.1.</summary>
public sealed class PortalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PortalServer(WebApplication app, Fleet fleet)
    {
        _app = app;
        Fleet = fleet;
    }

    public Fleet Fleet { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <param name="fleet">Disposed with the server; an empty one where none is given.</param>
    /// <param name="clock">Of the empty one.</param>
    /// <param name="services">More services than the pages need.</param>
    /// <param name="map">More than the pages.</param>
    public static async Task<PortalServer> StartAsync(
        Fleet? fleet = null, TimeProvider? clock = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "IoTJobsToolkit.Portal",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        fleet ??= new(clock);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(fleet.Clock);
        builder.Services.AddSingleton(fleet.Engine);
        builder.Services.AddPortalPages();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UsePortalHeaders();
        app.UseAntiforgery();
        app.MapPortalPages();
        app.MapActivityExport();
        app.MapJobFile();
        app.MapJobHistoryExport();
        map?.Invoke(app);
        await app.StartAsync();
        return new(app, fleet);
    }

    /// <summary>Ends while browsers are still connected.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        Fleet.Dispose();
    }
}
