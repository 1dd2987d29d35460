using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Components.Files;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.SignIn;
using IoTJobsToolkit.Wire.Definitions;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>A job as JSON, as Export-IoTJob writes it.</summary>
public static class JobFile
{
    public static string PathOf(string jobId) => $"portal/jobs/{Uri.EscapeDataString(jobId)}/definition";

    public static RouteHandlerBuilder MapJobFile(this IEndpointRouteBuilder app) => app.MapGet("/portal/jobs/{jobId}/definition", SendAsync);

    private static async Task SendAsync(HttpContext http, string jobId, JobsEngine engine, PortalSessions sessions)
    {
        try
        {
            var job = await DefinedJob.FindAsync(engine.As(OperatorJobs.CallerOf(sessions, http.User)), jobId, http.RequestAborted);
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{jobId}.json\"";
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsync(DefinedJob.Write(job) + "\n", http.RequestAborted);
        }
        catch (JobsException refusal) when (refusal.Error is JobsError.InvalidRequest or JobsError.ResourceNotFound)
        {
            await Download.RefuseAsync(
                http, refusal.Error == JobsError.ResourceNotFound ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, refusal.Message);
        }
    }
}
