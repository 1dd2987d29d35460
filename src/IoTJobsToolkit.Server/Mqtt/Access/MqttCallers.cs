using System.Net;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>Callers of MQTT by each thing that one may show.</summary>
internal sealed class MqttCallers(JobsEngine engine, DeviceCertificates certificates, DeviceTokens tokens, AccessKeys keys, TimeProvider clock)
{
    /// <summary>With <c>Jobs:Auth=Open</c>: may do everything, for every thing.</summary>
    public static MqttCaller Anyone { get; } = new(Caller.Operator("anonymous"), "nothing");

    /// <exception cref="ApiRefusal">It does not count.</exception>
    public async ValueTask<MqttCaller> OfCertificateAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var device = await certificates.CallerOfAsync(certificate, cancellationToken).ConfigureAwait(false);
        return OfThing(device, "certificate", ThingCertificate.Id(certificate));
    }

    /// <exception cref="ApiRefusal">It does not count.</exception>
    public async ValueTask<MqttCaller> OfTokenAsync(string text, IPAddress? from, CancellationToken cancellationToken)
    {
        var device = await tokens.CallerOfAsync(text, from, cancellationToken).ConfigureAwait(false);
        return OfThing(device, "token", ThingToken.Read(text)!.TokenId);
    }

    /// <exception cref="ApiRefusal">It has been deleted since it signed.</exception>
    public MqttCaller OfAccessKey(string accessKeyId)
    {
        if (accessKeyId == keys.Local.AccessKeyId)
        {
            return new(keys.CallerOf(accessKeyId)!, "the module's access key");
        }
        return engine.AccessKeys.TryGetValue(accessKeyId, out var key)
            ? new(Caller.Operator(key.UserName, key.Role), $"access key {accessKeyId}") { AccessKeyId = accessKeyId, Standing = new KeyStanding(engine, key) }
            : throw new ApiRefusal(ErrorAnswer.Of(ErrorNames.UnrecognizedClient, $"The access key {accessKeyId} has just been deleted."));
    }

    private MqttCaller OfThing(Caller device, string kind, string id) =>
        new(device, $"{kind} {id}") { Standing = new ThingStanding(engine, clock, device.ThingName!, id) };
}
