using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>A server with a job for whoever would forge a request: <c>q</c> for thing <c>t</c>, in progress.</summary>
public sealed class ForgingServer : IAsyncLifetime
{
    private ApiServer? _server;

    internal ApiServer Server => _server!;

    internal SigV4Credentials Key => Server.Key;

    internal DateTimeOffset Now => Server.Clock.GetUtcNow();

    internal string Host => Server.Endpoint.Authority;

    /// <summary>A request worth forging: it stops the job.</summary>
    internal RawRequest Cancel => new("PUT", "/jobs/q/cancel", "force=true", """{"comment":"c"}""")
    {
        Headers = [new("Host", Host), new("Content-Type", "application/json"), new("X-Extra", "e")],
    };

    /// <summary>One that only looks.</summary>
    internal RawRequest Describe => new("GET", "/jobs/q") { Headers = [new("Host", Host)] };

    internal RawRequest Signed => Cancel.Signed(Key, Now);

    internal RawRequest Presigned => Cancel.Presigned(Key, Now, TimeSpan.FromMinutes(5));

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        await Server.CreateJob("q", "t");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal async Task<RawAnswer> SendAsync(RawRequest request)
    {
        using var connection = await RawConnection.OpenAsync(Server.Endpoint);
        await connection.SendAsync(request.ToBytes());
        return await connection.ReadAsync(request.Method == "HEAD");
    }

    /// <summary>All that a forged request could have changed.</summary>
    internal async Task<string> StateAsync()
    {
        var answers = new List<string>();
        foreach (var request in new[] { "GET /jobs/q", "GET /things/t/jobs", "GET /jobs", "GET /things" })
        {
            answers.Add((await Server.Control(request)).IsOk().Body);
        }
        return string.Join('\n', answers);
    }
}
