using System.Net;
using IoTJobsToolkit.Wire.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Benchmarks.Http;

/// <summary>What can be had: Kestrel, the same signature check, and an answer that is there already.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BareServer(WebApplication app) => _app = app;

    public IPEndPoint Address => IPEndPoint.Parse(new Uri(_app.Urls.First()).Authority);

    /// <summary>What it answers next.</summary>
    public byte[] Answer { get; set; } = [];

    public static async Task<BareServer> StartAsync(SigV4Credentials key, string region)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var bare = new BareServer(app);
        var verifier = new SigV4Verifier([region]);
        app.Run(http => bare.AnswerAsync(http, verifier, key));
        await app.StartAsync();
        return bare;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http, SigV4Verifier verifier, SigV4Credentials key)
    {
        var headers = new List<KeyValuePair<string, string>>(http.Request.Headers.Count);
        foreach (var (name, values) in http.Request.Headers)
        {
            headers.Add(new(name, values.ToString()));
        }
        var request = new SigV4Request { Method = http.Request.Method, RawPath = http.Request.Path.Value!, Headers = headers };
        var outcome = verifier.Verify(request, TimeProvider.System.GetUtcNow(), id => id == key.AccessKeyId ? key : null);
        http.Response.StatusCode = outcome is SigV4Outcome.Verified ? 200 : 403;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Answer.Length;
        await http.Response.Body.WriteAsync(Answer);
    }
}
