using System.Globalization;
using System.Runtime.CompilerServices;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Files;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.SignIn;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>What happened to a job, then to each of its executions, as a file.</summary>
public static class JobHistoryExport
{
    private static readonly (string, Func<JobHistoryLine, string?>)[] Columns =
    [
        ("At", line => Download.Moment(line.At)),
        ("JobId", line => line.JobId),
        ("ThingName", line => line.ThingName),
        ("ExecutionNumber", line => line.ExecutionNumber?.ToString(CultureInfo.InvariantCulture)),
        ("By", line => line.By),
        ("What", line => line.What),
        ("From", line => line.From),
        ("To", line => line.To),
        ("Details", line => line.Details),
    ];

    public static string PathOf(string jobId) => $"portal/jobs/{Uri.EscapeDataString(jobId)}/history/export";

    public static RouteHandlerBuilder MapJobHistoryExport(this IEndpointRouteBuilder app) => app.MapGet("/portal/jobs/{jobId}/history/export", ExportAsync);

    private static async Task ExportAsync(HttpContext http, string jobId, JobsEngine engine, PortalSessions sessions, JobsTime clock)
    {
        if (await Download.FormatAsync(http) is not { } format)
        {
            return;
        }
        var jobs = engine.As(OperatorJobs.CallerOf(sessions, http.User));
        ListJobHistoryResponse first;
        try
        {
            first = await jobs.ExecuteAsync(new ListJobHistory(jobId), http.RequestAborted);
        }
        catch (JobsException refusal) when (refusal.Error is JobsError.InvalidRequest or JobsError.ResourceNotFound)
        {
            await Download.RefuseAsync(
                http, refusal.Error == JobsError.ResourceNotFound ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, refusal.Message);
            return;
        }
        await Download.SendAsync(http, format, $"history-{jobId}", clock.GetUtcNow(), Columns, Pages(jobs, jobId, first, http.RequestAborted));
    }

    private static async IAsyncEnumerable<IReadOnlyList<JobHistoryLine>> Pages(
        IJobs jobs, string jobId, ListJobHistoryResponse changes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return [.. changes.Changes.Select(JobHistoryLine.Of)];
        while (changes.NextToken is { } next)
        {
            changes = await jobs.ExecuteAsync(new ListJobHistory(jobId) { NextToken = next }, cancellationToken);
            yield return [.. changes.Changes.Select(JobHistoryLine.Of)];
        }
        string? token = null;
        do
        {
            var page = await jobs.ExecuteAsync(new ListJobExecutionHistory(jobId) { NextToken = token }, cancellationToken);
            yield return [.. page.Changes.Select(JobHistoryLine.Of)];
            token = page.NextToken;
        }
        while (token is not null);
    }
}
