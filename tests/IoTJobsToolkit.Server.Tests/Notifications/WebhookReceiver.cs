using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Tests.Notifications;

/// <summary>Somebody's endpoint for webhooks, on a free port.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Webhook> _received = Channel.CreateUnbounded<Webhook>();

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var headers = http.Request.Headers;
            var webhook = new Webhook(
                http.Request.Path.Value!, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(),
                await reader.ReadToEndAsync(http.RequestAborted));
            _received.Writer.TryWrite(webhook);
            if (Gate is { } gate)
            {
                await gate.Task.WaitAsync(http.RequestAborted);
            }
            http.Response.StatusCode = Status;
            http.Response.Headers.Location = "/elsewhere";
        });
    }

    public int Status { get; set; } = 204;

    /// <summary>Until it is open, nobody is answered.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public string Url => $"{_app.Urls.Single()}/hooks/path-with-secret";

    public bool HasMore => _received.Reader.TryPeek(out _);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public async Task<Webhook> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _received.Reader.ReadAsync(deadline.Token);
    }

    public ValueTask DisposeAsync()
    {
        Gate?.TrySetResult();
        return _app.DisposeAsync();
    }
}

internal sealed record Webhook(string Path, string Id, string Timestamp, string Signature, string Body);
