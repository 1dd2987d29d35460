using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Portal.SignIn;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Hosting;

try
{
    var builder = JobsServerHosting.CreateBuilder(args);
    var settings = builder.AddJobsServer((_, _) => new InMemoryJobsStore());
    builder.AddPortalSignIn(settings);

    var app = builder.Build();
    app.UsePortalSignIn();
    app.MapPortalSignIn();
    app.MapJobsApi();
    await app.RunJobsServerAsync();
    return 0;
}
catch (StartException exception)
{
    Console.Error.WriteLine(exception.Message);
    return exception.ExitCode;
}

/// <summary>The composition root: the one place that knows every part.</summary>
internal sealed partial class Program;
