using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>Servers that devices call, and what operators issue to them.</summary>
internal static class DeviceServer
{
    public static Task<ApiServer> StartAsync(params string[] settings) => ApiServer.StartAsync(["--Jobs:DevicePort=auto", .. settings]);

    public static async Task CreateThings(this ApiServer server, params string[] things)
    {
        foreach (var thing in things)
        {
            await server.Operator().ExecuteAsync(new CreateThing(thing));
        }
    }

    public static async Task<X509Certificate2> Certificate(this ApiServer server, string thing, int? validDays = null)
    {
        var issued = await server.Operator().ExecuteAsync(new CreateThingCertificate(thing) { ValidDays = validDays });
        return X509Certificate2.CreateFromPem(issued.CertificatePem, issued.PrivateKey);
    }

    public static async Task<string> Token(this ApiServer server, string thing, int? validDays = null) =>
        (await server.Operator().ExecuteAsync(new CreateThingToken(thing) { ValidDays = validDays })).Token;

    public static async Task<DeviceClient> DeviceByCertificate(this ApiServer server, string thing) => new(server, await server.Certificate(thing));

    public static async Task<DeviceClient> DeviceByToken(this ApiServer server, string thing) => new(server) { Token = await server.Token(thing) };

    public static Task<DeviceClient> Device(this ApiServer server, string thing, bool byCertificate) =>
        byCertificate ? server.DeviceByCertificate(thing) : server.DeviceByToken(thing);

    public static IJobs Operator(this ApiServer server) => server.Engine.As(Caller.Operator("test"));
}
