using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Demo;

/// <summary>A server that is started to be looked at.</summary>
public static class DemoHosting
{
    /// <summary>The word of the command line.</summary>
    public const string Flag = "--demo";

    /// <summary>Before the server is added: where no database is named, the demo has one of its own, which goes with the server.</summary>
    public static void UseDemoDatabase(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration["Jobs:DatabasePath"] is null or "")
        {
            var folder = new DemoFolder();
            builder.Configuration["Jobs:DatabasePath"] = folder.DatabasePath;
            builder.Services.AddSingleton(_ => folder);
        }
    }

    /// <summary>After the server was added.</summary>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHostedService<DemoService>();
    }

    /// <summary>What is made first is disposed of last: the folder goes when nothing is in use there any more.</summary>
    public static void OwnDemoDatabase(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Services.GetService<DemoFolder>();
    }

    private sealed class DemoFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("iotjobs-demo-").FullName;

        public string DatabasePath => Path.Combine(_path, "demo.db");

        public void Dispose()
        {
            try
            {
                Directory.Delete(_path, recursive: true);
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                // The system clears its temporary files.
            }
        }
    }
}
