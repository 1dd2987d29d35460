using System.Diagnostics.CodeAnalysis;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>Who signed, and what the signing key is good for: <c>AKID/20150830/us-east-1/iot/aws4_request</c>.</summary>
internal sealed record CredentialScope(string AccessKeyId, string Day, string Region, string Service)
{
    public const string Terminator = "aws4_request";

    /// <summary>What WebSockets of MQTT are signed for.</summary>
    public const string GatewayService = "iotdevicegateway";

    /// <summary>The scope without the access key id, as the string to sign carries it.</summary>
    public override string ToString() => $"{Day}/{Region}/{Service}/{Terminator}";

    public static bool TryRead(ReadOnlySpan<char> credential, [NotNullWhen(true)] out CredentialScope? scope)
    {
        Span<Range> parts = stackalloc Range[6];
        scope = null;
        if (credential.Split(parts, '/') != 5 || credential[parts[4]] is not Terminator)
        {
            return false;
        }

        foreach (var part in parts[..4])
        {
            if (credential[part].IsEmpty)
            {
                return false;
            }
        }

        scope = new CredentialScope(
            credential[parts[0]].ToString(),
            credential[parts[1]].ToString(),
            credential[parts[2]].ToString(),
            credential[parts[3]].ToString());
        return true;
    }

    /// <summary>The plane that a service name means (http-api 2), or null for a service that is not served here.</summary>
    public Plane? Plane =>
        Is("iot") ? Wire.Plane.Control
        : Is("iot-jobs-data") || Is("iotjobsdata") || Is("iotlaser") ? Wire.Plane.Data
        : null;

    /// <summary>Null for a service that requests of this use are not signed for.</summary>
    public Plane? PlaneOf(SigV4Use use) => use != SigV4Use.WebSocket ? Plane : Is(GatewayService) ? Wire.Plane.Data : null;

    private bool Is(string service) => Service.Equals(service, StringComparison.OrdinalIgnoreCase);
}
