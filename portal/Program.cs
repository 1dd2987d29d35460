using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Portal.Live;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(new JobsEngine(new InMemoryJobsStore(), TimeProvider.System));
builder.Services.AddPortalPages();
var app = builder.Build();
app.UseAntiforgery();
app.MapPortalPages();
app.Run();
