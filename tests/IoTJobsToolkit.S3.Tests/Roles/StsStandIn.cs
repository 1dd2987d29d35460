using System.Collections.Concurrent;
using System.Globalization;
using System.Security;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.S3.Tests.Roles;

/// <summary>What STS was asked.</summary>
internal sealed record AssumeRoleCall(string RoleArn, string SessionName, int DurationSeconds, string Authorization);

/// <summary>Answers AssumeRole in STS's XML, on loopback: sessions that are numbered, or a refusal.</summary>
internal sealed class StsStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private readonly Channel<AssumeRoleCall> _calls = Channel.CreateUnbounded<AssumeRoleCall>();
    private int _count;

    private StsStandIn(WebApplication app, TimeProvider clock)
    {
        _app = app;
        _clock = clock;
    }

    public Uri Endpoint { get; private set; } = null!;

    /// <summary>When the session of an access key ends.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Ends { get; } = [];

    public int Count => Volatile.Read(ref _count);

    /// <summary>Length of the sessions, whatever is asked for; null: as asked for.</summary>
    public TimeSpan? Length { get; set; }

    /// <summary>STS's code and message; null where it gives sessions.</summary>
    public (int Status, string Code, string Message)? Refusal { get; set; }

    /// <summary>Answers wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The access key of session N; the secret and the token are made of it where they are not given.</summary>
    public Func<int, string> AccessKey { get; set; } = number => $"ASIA{number}";

    public string? Secret { get; set; }

    public string Token { get; set; } = "Token+of/session==";

    public static async Task<StsStandIn> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var standIn = new StsStandIn(app, clock);
        app.MapPost("/", standIn.Answer);
        await app.StartAsync();
        standIn.Endpoint = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return standIn;
    }

    /// <summary>The next call, when it comes.</summary>
    public async Task<AssumeRoleCall> NextCall()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _calls.Reader.ReadAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var number = Interlocked.Increment(ref _count);
        var duration = int.Parse(form["DurationSeconds"].ToString(), CultureInfo.InvariantCulture);
        _calls.Writer.TryWrite(new(form["RoleArn"].ToString(), form["RoleSessionName"].ToString(), duration, context.Request.Headers.Authorization.ToString()));
        await Gate;
        context.Response.ContentType = "text/xml";
        if (Refusal is var (status, code, message))
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(
                $"<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code>"
                + $"<Message>{SecurityElement.Escape(message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>");
            return;
        }

        var expiration = _clock.GetUtcNow() + (Length ?? TimeSpan.FromSeconds(duration));
        Ends[AccessKey(number)] = expiration;
        await context.Response.WriteAsync(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
            + $"<AccessKeyId>{AccessKey(number)}</AccessKeyId><SecretAccessKey>{Secret ?? $"secret{number}"}</SecretAccessKey>"
            + $"<SessionToken>{SecurityElement.Escape(Token)}</SessionToken><Expiration>{expiration.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</Expiration></Credentials>"
            + $"<AssumedRoleUser><Arn>{form["RoleArn"]}/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser></AssumeRoleResult>"
            + "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleResponse>");
    }
}
