using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Files;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.SignIn;

namespace IoTJobsToolkit.Portal.Components.Activity;

/// <summary>The activity as a file, with the filters of the page's address.</summary>
public static class ActivityExport
{
    public const string Path = "portal/activity/export";

    private static readonly (string, Func<ActivityRecord, string?>)[] Columns =
    [
        ("At", activity => Download.Moment(activity.At)),
        ("By", activity => activity.By),
        ("Role", activity => activity.Role?.ToString()),
        ("Origin", activity => activity.Origin?.ToString()),
        ("Operation", activity => activity.OperationName),
        ("SubjectKind", activity => activity.SubjectKind.ToString()),
        ("Subject", activity => activity.SubjectName),
        ("Details", activity => activity.Details),
    ];

    public static RouteHandlerBuilder MapActivityExport(this IEndpointRouteBuilder app) => app.MapGet($"/{Path}", ExportAsync);

    private static async Task ExportAsync(HttpContext http, JobsEngine engine, PortalSessions sessions, JobsTime clock)
    {
        if (await Download.FormatAsync(http) is not { } format)
        {
            return;
        }
        var query = http.Request.Query;
        var zone = http.Request.Cookies["zone"] is { } told ? Viewer.ZoneOf(Uri.UnescapeDataString(told)) : TimeZoneInfo.Utc;
        var list = ActivityFilter.Of(name => query[name]).ToOperation(clock.GetUtcNow(), zone) with { MaxResults = 250 };
        var jobs = engine.As(OperatorJobs.CallerOf(sessions, http.User));
        ListActivityResponse first;
        try
        {
            first = await jobs.ExecuteAsync(list, http.RequestAborted);
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.InvalidRequest)
        {
            await Download.RefuseAsync(http, StatusCodes.Status400BadRequest, refusal.Message);
            return;
        }
        await Download.SendAsync(http, format, "activity", clock.GetUtcNow(), Columns, Pages(jobs, list, first, http.RequestAborted));
    }

    private static async IAsyncEnumerable<IReadOnlyList<ActivityRecord>> Pages(
        IJobs jobs, ListActivity list, ListActivityResponse first, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return first.Activities;
        for (var token = first.NextToken; token is not null;)
        {
            var page = await jobs.ExecuteAsync(list with { NextToken = token }, cancellationToken);
            yield return page.Activities;
            token = page.NextToken;
        }
    }
}
