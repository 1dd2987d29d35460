using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Portal.Components.Activity;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.SignIn;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Demo;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Portal;

/// <summary>The server with its pages, built and not yet started.</summary>
internal static class PortalHost
{
    /// <param name="before">What a test puts in place of the server's own, before that is added.</param>
    /// <exception cref="StartException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args, Func<ServerSettings, TimeProvider, IJobsStore> openStore, Action<WebApplicationBuilder>? before = null)
    {
        var isDemo = args.Contains(DemoHosting.Flag, StringComparer.OrdinalIgnoreCase);
        var builder = JobsServerHosting.CreateBuilder([.. args.Where(arg => !arg.Equals(DemoHosting.Flag, StringComparison.OrdinalIgnoreCase))]);
        before?.Invoke(builder);
        if (isDemo)
        {
            builder.UseDemoDatabase();
        }
        var settings = builder.AddJobsServer(openStore);
        builder.Services.AddSingleton(Parts.Services(builder.Configuration, settings));
        builder.Services.AddPortalPages();
        builder.AddPortalSignIn(settings);
        if (isDemo)
        {
            builder.AddDemo();
        }

        var app = builder.Build();
        app.OwnDemoDatabase();
        app.UseServerGate(settings);
        app.UsePortalHeaders();
        app.UsePortalSignIn();
        app.MapPortalSignIn();
        app.MapPortalPages().RequireSignIn(settings);
        app.MapActivityExport().WithMetadata(PortalAnswer.Page).RequireSignIn(settings);
        app.MapJobFile().WithMetadata(PortalAnswer.Page).RequireSignIn(settings);
        app.MapJobHistoryExport().WithMetadata(PortalAnswer.Page).RequireSignIn(settings);
        app.MapJobsApi();
        return app;
    }
}
