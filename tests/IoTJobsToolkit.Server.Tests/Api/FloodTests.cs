using System.Diagnostics;
using System.Globalization;

namespace IoTJobsToolkit.Server.Tests.Api;

/// <summary>Many who take a connection and give nothing, beside some who work.</summary>
public sealed class FloodTests : IDisposable
{
    private const int Callers = 8;
    private const int CallsOfEach = 40;
    private const int OfEachKind = 100;
    private const long MaxGrowth = 200 << 20;

    private static readonly TimeSpan MaxLatency = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flood-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Normal_callers_are_served_beside_hundreds_of_idle_and_slow_ones()
    {
        await using var portal = await PortalProcess.StartAsync(Path.Combine(_folder.FullName, "jobs.db"), "--Jobs:Auth=Open");
        var endpoint = new Uri(portal.Rendezvous.Endpoint);
        using var http = new HttpClient();
        await CallAsync(http, endpoint, 0);
        var before = portal.Memory;
        var flood = new List<RawConnection>();
        try
        {
            var dripping = new List<RawConnection>();
            for (var i = 0; i < OfEachKind; i++)
            {
                flood.Add(await RawConnection.OpenAsync(endpoint));
                var header = await RawConnection.OpenAsync(endpoint);
                await header.SendAsync("GET /jobs HTTP/1.1\r\nHost: loc");
                var body = await RawConnection.OpenAsync(endpoint);
                await body.SendAsync($"POST /things/slow{i} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{{{new string(' ', 500_000)}");
                flood.AddRange([header, body]);
                dripping.Add(body);
            }

            var latencies = (await Task.WhenAll(Enumerable.Range(1, Callers).Select(async caller =>
            {
                var own = new List<TimeSpan>();
                for (var i = 0; i < CallsOfEach; i++)
                {
                    own.Add(await CallAsync(http, endpoint, caller * CallsOfEach + i));
                    await DripAsync(dripping[(caller * CallsOfEach + i) % dripping.Count]);
                }
                return own;
            }))).SelectMany(own => own).Order().ToList();

            var p95 = latencies[latencies.Count * 95 / 100];
            var growth = portal.Memory - before;
            TestContext.Current.TestOutputHelper?.WriteLine($"p95 {p95.TotalMilliseconds:0} ms, {growth >> 20} MiB more");
            Assert.InRange(p95, TimeSpan.Zero, MaxLatency);
            Assert.InRange(growth, long.MinValue, MaxGrowth);
        }
        finally
        {
            flood.ForEach(connection => connection.Dispose());
        }
        Assert.DoesNotContain("slow", await http.GetStringAsync(new Uri(endpoint, "/things"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>One that changes and one that looks.</summary>
    private static async Task<TimeSpan> CallAsync(HttpClient http, Uri endpoint, int number)
    {
        var watch = Stopwatch.StartNew();
        using var created = await http.PostAsync(
            new Uri(endpoint, string.Create(CultureInfo.InvariantCulture, $"/things/t{number}")), null, TestContext.Current.CancellationToken);
        created.EnsureSuccessStatusCode();
        using var jobs = await http.GetAsync(new Uri(endpoint, "/jobs"), TestContext.Current.CancellationToken);
        jobs.EnsureSuccessStatusCode();
        return watch.Elapsed;
    }

    /// <summary>The server may have refused it, and closed the connection.</summary>
    private static async Task DripAsync(RawConnection connection)
    {
        try
        {
            await connection.SendAsync(" ");
        }
        catch (IOException)
        {
        }
    }
}
