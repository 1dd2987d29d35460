using System.Text;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Sdk;

/// <summary>AWS's own SDK as a device: with a client certificate, or with a token, and without a signature.</summary>
public sealed class SdkDeviceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sdk-device-");
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_device_works_off_its_jobs_with_the_original_SDK()
    {
        var database = Path.Combine(_folder.FullName, "jobs.db");
        await using var portal = await PortalProcess.StartAsync(database, "--Jobs:DevicePort=auto");
        await Operator(portal, "POST", "/things/lamp", "{}");
        await Operator(portal, "POST", "/things/other", "{}");
        await Operator(portal, "PUT", "/jobs/one", $$"""{"targets":["{{ApiServer.Arn}}thing/lamp"],"document":"{\"a\":1}"}""");
        await Operator(portal, "PUT", "/jobs/two", $$"""{"targets":["{{ApiServer.Arn}}thing/lamp"],"document":"{\"a\":2}"}""");
        var good = await Certificate(portal);
        var revoked = await Certificate(portal);
        await Operator(portal, "DELETE", $"/toolkit/things/lamp/certificates/{revoked["certificateId"]}", "");
        var token = (await Operator(portal, "POST", "/toolkit/things/lamp/tokens", "{}"))["token"]!;

        await NodeScript.RunAsync(
            "sdk-device.mjs",
            "@aws-sdk/client-iot-jobs-data-plane",
            ("ENDPOINT", portal.Devices),
            ("CA", await File.ReadAllTextAsync(LocalAuthority.CertificatePathFor(database), TestContext.Current.CancellationToken)),
            ("CERT", (string)good["certificatePem"]!),
            ("KEY", (string)good["privateKey"]!),
            ("REVOKED_CERT", (string)revoked["certificatePem"]!),
            ("REVOKED_KEY", (string)revoked["privateKey"]!),
            ("TOKEN", (string)token!));
    }

    private Task<JsonNode> Certificate(PortalProcess portal) => Operator(portal, "POST", "/toolkit/things/lamp/certificates", "{}");

    private async Task<JsonNode> Operator(PortalProcess portal, string method, string path, string body)
    {
        var server = portal.Rendezvous;
        using var message = new HttpRequestMessage(new(method), new Uri(server.Endpoint + path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        message.Content.Headers.ContentType = new("application/json");
        var request = new SigV4Request
        {
            Method = method,
            RawPath = path,
            RawQuery = "",
            Headers = [new("Host", message.RequestUri!.Authority)],
            PayloadHash = SigV4Request.HashPayload(Encoding.UTF8.GetBytes(body)),
        };
        foreach (var (name, value) in SigV4Signer.Sign(
            request, new(server.AccessKeyId, server.SecretAccessKey), server.Region, "iot", DateTimeOffset.UtcNow).All())
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
        using var answer = await _http.SendAsync(message, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
