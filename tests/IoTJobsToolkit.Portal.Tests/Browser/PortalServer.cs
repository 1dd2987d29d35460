using IoTJobsToolkit.Portal.Components.Activity;
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
    public static async Task<PortalServer> StartAsync(Fleet? fleet = null, TimeProvider? clock = null)
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
        var app = builder.Build();
        app.UsePortalHeaders();
        app.UseAntiforgery();
        app.MapPortalPages();
        app.MapActivityExport();
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
