using IoTJobsToolkit.Wire.Client;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Stories;

/// <summary>The server as people start it, which many stories share: each has things and jobs of its own.</summary>
public sealed class StoryPortal : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("device-story-");
    private PortalProcess? _portal;
    private JobsHttpClient? _operator;

    internal StoryServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var portal = _portal = await PortalProcess.StartAsync(
            Path.Combine(_folder.FullName, "jobs.db"),
            "--Jobs:DevicePort=auto",
            "--Mqtt:Port=auto",
            "--Mqtt:TlsPort=auto",
            "--S3:Roles:0:Arn=arn:aws:iam::123456789012:role/S3DownloadRole",
            "--S3:Roles:0:AccessKeyId=AKIAROLE",
            "--S3:Roles:0:SecretAccessKey=secret");
        var found = portal.Rendezvous;
        var key = new SigV4Credentials(found.AccessKeyId, found.SecretAccessKey);
        _operator = new(new() { ControlEndpoint = new(found.Endpoint), Credentials = _ => new(key) });
        Server = new(_operator, key)
        {
            DatabasePath = portal.DatabasePath,
            Endpoint = new(found.Endpoint),
            Devices = new(portal.Devices),
            TlsPort = portal.Mqtt("certificate").Port,
            PlainPort = portal.Mqtt("without TLS").Port,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _operator?.Dispose();
        if (_portal is { } portal)
        {
            await portal.DisposeAsync();
        }
        _folder.Delete(recursive: true);
    }
}
