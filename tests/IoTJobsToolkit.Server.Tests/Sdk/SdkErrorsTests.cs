using System.Text.Json;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Sdk;

/// <summary>Every exception of AWS's model as its own SDK sees it: tests/node/errors says how each is provoked.</summary>
public sealed class SdkErrorsTests
{
    [Fact]
    public async Task Every_modelled_exception_of_every_operation_reaches_the_original_SDK()
    {
        await using var plain = await ApiServer.StartNowAsync(new InMemoryJobsStore(), "--Jobs:DeletionPaused=true", "--Jobs:DevicePort=auto");
        await using var full = await ApiServer.StartNowAsync(new InMemoryJobsStore());
        await using var busy = await ApiServer.StartNowAsync(new InMemoryJobsStore(), "--Jobs:RequestRates=aws");
        await using var faulty = await Faulty();
        await using var broken = await Broken();

        var servers = new Dictionary<string, object>
        {
            ["plain"] = Described(plain),
            ["viewer"] = await Viewer(plain),
            ["device"] = await Device(plain, isRevoked: false),
            ["revoked"] = await Device(plain, isRevoked: true),
            ["full"] = Described(full),
            ["busy"] = Described(busy),
            ["faulty"] = Described(faulty),
            ["broken"] = Described(broken),
        };
        await NodeScript.RunAsync(
            "sdk-errors.mjs",
            "@aws-sdk/client-iot",
            ("SERVERS", JsonSerializer.Serialize(servers)),
            ("MODEL", Path.Combine(AppContext.BaseDirectory, "Data", "iot-jobs.model.json")));
    }

    /// <summary>Whose store answers every read of a record with a fault that nobody foresaw.</summary>
    private static async Task<ApiServer> Faulty()
    {
        var store = new HookedStore();
        var server = await ApiServer.StartNowAsync(store);
        store.OnRead = name => throw new InvalidOperationException($"{name} found what cannot be.");
        return server;
    }

    /// <summary>Whose store has failed for good.</summary>
    private static async Task<ApiServer> Broken()
    {
        var store = new HookedStore();
        var server = await ApiServer.StartNowAsync(store);
        store.OnCommit = _ => throw new StoreFailedException("the disk is gone");
        (await server.Control("POST /things/last", "{}")).IsRefused(503, "ServiceUnavailableException");
        return server;
    }

    /// <summary>The same server, with a key that changes nothing.</summary>
    private static async Task<object> Viewer(ApiServer server)
    {
        var made = (await server.Control("POST /toolkit/access-keys", """{"userName":"looker","role":"VIEWER"}""")).IsOk().Json;
        return Described(server, new((string)made["accessKeyId"]!, (string)made["secretAccessKey"]!));
    }

    /// <summary>The same server, as a device with a certificate.</summary>
    private static async Task<object> Device(ApiServer server, bool isRevoked)
    {
        (await server.Control("POST /things/lamp", "{}")).IsOk();
        var issued = (await server.Control("POST /toolkit/things/lamp/certificates", "{}")).IsOk().Json;
        if (isRevoked)
        {
            (await server.Control($"DELETE /toolkit/things/lamp/certificates/{issued["certificateId"]}")).IsOk();
        }
        return new
        {
            endpoint = server.DeviceEndpoint.ToString(),
            cert = (string)issued["certificatePem"]!,
            key = (string)issued["privateKey"]!,
            ca = (string)issued["caCertificatePem"]!,
        };
    }

    private static object Described(ApiServer server, SigV4Credentials? key = null) => new
    {
        endpoint = server.Endpoint.ToString(),
        accessKeyId = (key ?? server.Key).AccessKeyId,
        secretAccessKey = (key ?? server.Key).SecretAccessKey,
    };
}
