using System.Net;
using System.Text.Json;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The history of a job and of its executions as a file.</summary>
public sealed class JobHistoryExportTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private PortalServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await PortalServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task As_CSV_it_holds_the_job_first_then_each_execution_and_lets_no_formula_in()
    {
        var things = await _server.Fleet.AddThingsAsync(2);
        await _server.Fleet.AddJobAsync("fw-7", things);
        await _server.Fleet.Engine.As(Engine.Caller.Device(things[0])).ExecuteAsync(
            new Engine.Operations.Device.UpdateJobExecution("fw-7", things[0])
            {
                Status = JobExecutionStatus.FAILED,
                StatusDetails = new Dictionary<string, string> { ["reason"] = "battery", ["code"] = "7" },
            },
            Cancellation);
        await _server.Fleet.RunAsync(new CancelJob("fw-7") { Force = true, Comment = "=1+1" });

        var answer = await GetAsync("fw-7", "csv");
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^\"?history-fw-7-[0-9]{8}T[0-9]{6}Z\\.csv\"?$", answer.Content.Headers.ContentDisposition!.FileName!);
        Assert.Equal("At,JobId,ThingName,ExecutionNumber,By,What,From,To,Details", lines[0]);
        Assert.StartsWith("fw-7,,,ops,created,,", After(lines[1]), StringComparison.Ordinal);
        Assert.Contains(lines, line => After(line) == "fw-7,thing-0001,1,thing-0001,device,QUEUED,FAILED,reason: battery; code: 7");
        Assert.DoesNotContain(lines, line => line.Contains(",=", StringComparison.Ordinal));
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public async Task As_JSON_lines_it_holds_every_execution_of_all_pages()
    {
        await _server.Fleet.AddJobAsync("fw-7", await _server.Fleet.AddThingsAsync(600));

        var text = await (await GetAsync("fw-7", "jsonl")).Content.ReadAsStringAsync(Cancellation);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(600, lines.Where(line => line.TryGetProperty("thingName", out _)).Select(line => line.GetProperty("thingName").GetString()).Distinct().Count());
        Assert.Equal(("created", "fw-7"), (lines[0].GetProperty("what").GetString(), lines[0].GetProperty("jobId").GetString()));
        Assert.All(lines.Skip(2), line => Assert.Equal("QUEUED", line.GetProperty("to").GetString()));
    }

    [Theory]
    [InlineData("fw-7", "xlsx", HttpStatusCode.BadRequest, "format=csv or format=jsonl")]
    [InlineData("fw-8", "csv", HttpStatusCode.NotFound, "fw-8")]
    [InlineData("fw 8", "csv", HttpStatusCode.BadRequest, "jobId")]
    public async Task What_cannot_be_meant_is_refused_in_words(string jobId, string format, HttpStatusCode status, string words)
    {
        await _server.Fleet.AddJobAsync("fw-7", await _server.Fleet.AddThingsAsync(1));

        var answer = await GetAsync(jobId, format);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static string After(string line) => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..];

    private Task<HttpResponseMessage> GetAsync(string jobId, string format) =>
        _http.GetAsync(new Uri(_server.Address, $"/{Components.Jobs.JobHistoryExport.PathOf(jobId)}?format={format}"), Cancellation);
}
