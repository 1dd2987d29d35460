using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Wire.Rendezvous;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Access;

public sealed class SecretsInLogsTests
{
    [Fact]
    public async Task No_log_line_has_a_secret_a_signature_or_a_query()
    {
        using var log = new LogLines();
        var store = new HookedStore();
        await using var server = await ApiServer.StartAsync(
            store, null, log, "--Jobs:Bootstrap:AccessKeyId=AKIAGIVEN", "--Jobs:Bootstrap:SecretAccessKey=given-secret-key", "--Jobs:Bootstrap:AdminPassword=given-password");
        var host = server.Endpoint.Authority;
        var now = server.Clock.GetUtcNow();
        var things = new RawRequest("GET", "/things", "maxResults=9") { Headers = [new("Host", host)] };
        var signed = things.Signed(server.Key, now);
        var presigned = things.Presigned(server.Key, now, TimeSpan.FromMinutes(5));
        var withToken = things.Signed(new("AKIAGIVEN", "given-secret-key", "given-token"), now);
        var create = new RawRequest("POST", "/things/t", "", "{}") { Headers = [new("Host", host)] }.Signed(server.Key, now);

        foreach (var request in new[] { signed, presigned, withToken, presigned with { Path = "/jobs" }, things, signed with { Path = "/none" } })
        {
            await SendAsync(server, request);
        }
        store.OnRead = _ => throw new InvalidDataException("The read failed.");
        await SendAsync(server, signed);
        await SendAsync(server, presigned);
        var gate = new Gate();
        store.OnRead = _ => gate.Pass();
        var slow = SendAsync(server, presigned);
        gate.WaitUntilReached();
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await slow;
        gate.Open();
        store.OnCommit = _ => throw new StoreFailedException("The disk is gone.");
        await SendAsync(server, create);
        await server.Send("GET /healthz");

        Assert.Contains(log.All, line => line.Contains("The read failed.", StringComparison.Ordinal));
        Assert.Contains(log.All, line => line.Contains("was given up", StringComparison.Ordinal));
        Assert.Contains(log.All, line => line.Contains("The disk is gone.", StringComparison.Ordinal));
        var local = ServerRendezvous.Find(server.DatabasePath)!;
        foreach (var secret in new[]
        {
            "given-secret-key", "given-password", "given-token", local.SecretAccessKey, "Signature=", "Credential=", "Authorization", "X-Amz-", "maxResults",
            signed.Header("Authorization")[^64..], presigned.Query[^64..], create.Header("Authorization")[^64..],
        })
        {
            Assert.DoesNotContain(log.All, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task No_log_line_has_what_a_device_shows()
    {
        using var log = new LogLines();
        var store = new HookedStore();
        await using var server = await ApiServer.StartAsync(store, null, log, "--Jobs:DevicePort=auto");
        await server.CreateJob("q", "t");
        using var device = await server.DeviceByToken("t");
        using var certified = await server.DeviceByCertificate("t");
        using var broken = new DeviceClient(server) { Token = device.Token + "x" };

        foreach (var client in new[] { device, certified, broken })
        {
            await client.Send("GET /things/t/jobs");
            await client.Send("GET /things/other/jobs");
        }
        store.OnRead = _ => throw new InvalidDataException("The read failed.");
        using var unread = new DeviceClient(server) { Token = device.Token!.Replace(".t.", ".u.", StringComparison.Ordinal) };
        await unread.Send("GET /things/u/jobs");

        Assert.Contains(log.All, line => line.Contains("The read failed.", StringComparison.Ordinal));
        foreach (var secret in new[] { device.Token.Split('.')[3], "iotj.", "Bearer", "PRIVATE KEY", "BEGIN CERTIFICATE" })
        {
            Assert.DoesNotContain(log.All, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(secret, server.Output.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task SendAsync(ApiServer server, RawRequest request)
    {
        using var connection = await RawConnection.OpenAsync(server.Endpoint);
        await connection.SendAsync(request.ToBytes());
        await connection.ReadAsync();
    }
}
