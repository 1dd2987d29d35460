using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using CsvHelper.Configuration;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.SignIn;

namespace IoTJobsToolkit.Portal.Components.Activity;

/// <summary>
/// The activity as a file, with the filters of the page's address: CSV for spreadsheets, JSON Lines for programs. It is written page by page, however much
/// it is; one that breaks off is not ended properly, so that nobody takes it for whole.
/// </summary>
public static class ActivityExport
{
    public const string Path = "portal/activity/export";

    private const string Csv = "csv";
    private const string JsonLines = "jsonl";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A spreadsheet takes what begins with = + - @ for a formula: an apostrophe before it makes it text.</summary>
    private static readonly CsvConfiguration ForSpreadsheets = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
        NewLine = "\r\n",
    };

    public static RouteHandlerBuilder MapActivityExport(this IEndpointRouteBuilder app) => app.MapGet($"/{Path}", ExportAsync);

    private static async Task ExportAsync(HttpContext http, JobsEngine engine, PortalSessions sessions, TimeProvider clock)
    {
        var query = http.Request.Query;
        var format = query["format"].ToString();
        if (format is not (Csv or JsonLines))
        {
            await RefuseAsync(http, $"There is no format '{format}': ask for format=csv or format=jsonl.");
            return;
        }
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
            await RefuseAsync(http, refusal.Message);
            return;
        }
        http.Response.ContentType = format == Csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"activity-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.{format}\"");
        http.Response.Headers.CacheControl = "no-store";
        var pages = Pages(jobs, list, first, http.RequestAborted);
        await (format == Csv ? WriteCsvAsync(http.Response.Body, pages, http.RequestAborted) : WriteJsonLinesAsync(http.Response.Body, pages, http.RequestAborted));
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

    private static async Task WriteCsvAsync(Stream body, IAsyncEnumerable<IReadOnlyList<ActivityRecord>> pages, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(body, Utf8, leaveOpen: true);
        await using var csv = new CsvWriter(text, ForSpreadsheets, leaveOpen: true);
        foreach (var column in new[] { "At", "By", "Role", "Origin", "Operation", "SubjectKind", "Subject", "Details" })
        {
            csv.WriteField(column);
        }
        await csv.NextRecordAsync();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var activity in page)
            {
                csv.WriteField(activity.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
                csv.WriteField(activity.By);
                csv.WriteField(activity.Role?.ToString());
                csv.WriteField(activity.Origin?.ToString());
                csv.WriteField(activity.OperationName);
                csv.WriteField(activity.SubjectKind.ToString());
                csv.WriteField(activity.SubjectName);
                csv.WriteField(activity.Details);
                await csv.NextRecordAsync();
            }
            await csv.FlushAsync();
            await text.FlushAsync(cancellationToken);
        }
    }

    private static async Task WriteJsonLinesAsync(Stream body, IAsyncEnumerable<IReadOnlyList<ActivityRecord>> pages, CancellationToken cancellationToken)
    {
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var activity in page)
            {
                await JsonSerializer.SerializeAsync(body, activity, Json, cancellationToken);
                await body.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
            await body.FlushAsync(cancellationToken);
        }
    }

    private static Task RefuseAsync(HttpContext http, string message)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }
}
