using System.Net;
using IoTJobsToolkit.Wire.Definitions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>A job as a file of JSON, which can be applied elsewhere.</summary>
public sealed class JobFileTests : IAsyncLifetime
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
    public async Task It_is_the_definition_of_the_job_that_is_there()
    {
        await _server.Fleet.AddJobAsync("fw-7", await _server.Fleet.AddThingsAsync(2));

        var answer = await GetAsync("fw-7");
        Assert.Equal(("application/json", "fw-7.json"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        var job = Assert.Single(DefinedJob.Read(await answer.Content.ReadAsStringAsync(Cancellation)));
        var plan = await JobPlan.OfAsync(_server.Fleet.Operator, job, Cancellation);
        Assert.Equal((JobPlanAction.Nothing, 2), (plan.Action, job.Targets.Count));
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_refused_in_words()
    {
        var answer = await GetAsync("fw-8");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no job fw-8.", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> GetAsync(string jobId) => _http.GetAsync(new Uri(_server.Address, $"/{Components.Jobs.JobFile.PathOf(jobId)}"), Cancellation);
}
