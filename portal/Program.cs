using IoTJobsToolkit.Portal;
using IoTJobsToolkit.Portal.Components.Activity;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.SignIn;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Hosting;

try
{
    var builder = JobsServerHosting.CreateBuilder(args);
    var settings = builder.AddJobsServer(Parts.OpenStore);
    builder.Services.AddSingleton(Parts.Services(builder.Configuration, settings));
    builder.Services.AddPortalPages();
    builder.AddPortalSignIn(settings);

    var app = builder.Build();
    app.UseServerGate(settings);
    app.UsePortalSignIn();
    app.MapPortalSignIn();
    app.MapPortalPages().RequireSignIn(settings);
    app.MapActivityExport().RequireSignIn(settings);
    app.MapJobsApi();
    await app.RunJobsServerAsync();
    return 0;
}
catch (StartException exception)
{
    Console.Error.WriteLine(exception.Message);
    return exception.ExitCode;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"A file that the server needs cannot be used: {exception.Message}");
    return StartException.DatabaseUnusable;
}
