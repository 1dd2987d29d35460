using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using CsvHelper.Configuration;

namespace IoTJobsToolkit.Portal.Components.Files;

/// <summary>
/// A list as a file: CSV for spreadsheets, JSON Lines for programs. It is written page by page, however much it is; one that breaks off is not ended
/// properly, so that nobody takes it for whole.
/// </summary>
public static class Download
{
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

    /// <summary>The format that the address asks for; null after it was refused.</summary>
    public static async Task<string?> FormatAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var format = http.Request.Query["format"].ToString();
        if (format is Csv or JsonLines)
        {
            return format;
        }
        await RefuseAsync(http, StatusCodes.Status400BadRequest, $"There is no format '{format}': ask for format=csv or format=jsonl.");
        return null;
    }

    public static Task RefuseAsync(HttpContext http, int status, string message)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }

    /// <param name="name">Of the file, to which its instant and format are added.</param>
    /// <param name="columns">Of the CSV; JSON has the items' own members.</param>
    public static async Task SendAsync<T>(
        HttpContext http, string format, string name, DateTimeOffset now, IReadOnlyList<(string Name, Func<T, string?> Value)> columns, IAsyncEnumerable<IReadOnlyList<T>> pages)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.ContentType = format == Csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"{name}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.{format}\"");
        http.Response.Headers.CacheControl = "no-store";
        await (format == Csv
            ? WriteCsvAsync(http.Response.Body, columns, pages, http.RequestAborted)
            : WriteJsonLinesAsync(http.Response.Body, pages, http.RequestAborted));
    }

    /// <summary>As a column holds it.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static async Task WriteCsvAsync<T>(
        Stream body, IReadOnlyList<(string Name, Func<T, string?> Value)> columns, IAsyncEnumerable<IReadOnlyList<T>> pages, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(body, Utf8, leaveOpen: true);
        await using var csv = new CsvWriter(text, ForSpreadsheets, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteField(column.Name);
        }
        await csv.NextRecordAsync();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var item in page)
            {
                foreach (var column in columns)
                {
                    csv.WriteField(column.Value(item));
                }
                await csv.NextRecordAsync();
            }
            await csv.FlushAsync();
            await text.FlushAsync(cancellationToken);
        }
    }

    private static async Task WriteJsonLinesAsync<T>(Stream body, IAsyncEnumerable<IReadOnlyList<T>> pages, CancellationToken cancellationToken)
    {
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var item in page)
            {
                await JsonSerializer.SerializeAsync(body, item, Json, cancellationToken);
                await body.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
            await body.FlushAsync(cancellationToken);
        }
    }
}
