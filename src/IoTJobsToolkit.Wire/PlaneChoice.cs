using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Wire;

/// <summary>Which plane a request means, on a server that has both at one address (http-api 2, OPEN-34).</summary>
public static class PlaneChoice
{
    private const string DataPrefix = "data.jobs.iot.";
    private const string DataPart = ".jobs.iot.";
    private const string ControlPrefix = "iot.";

    /// <summary>Whether a request is signed, or means to be: then nothing else that it shows counts.</summary>
    public static bool IsSigned(string? authorization, string rawQuery)
    {
        ArgumentNullException.ThrowIfNull(rawQuery);
        return authorization?.Contains("AWS4-", StringComparison.Ordinal) is true
            || Credential(authorization, rawQuery) is not null
            || rawQuery.Length > 0 && CanonicalQuery.Find(rawQuery, "X-Amz-Algorithm", out _) is not null;
    }

    /// <summary>The scope of the signature first, then a client certificate or a device's token, then the host's name.</summary>
    /// <param name="otherwise">Where nothing of these says it: the plane of the port.</param>
    public static Plane Of(string? authorization, string rawQuery, bool hasClientCertificate, string host, Plane otherwise = Plane.Control)
    {
        ArgumentNullException.ThrowIfNull(rawQuery);
        ArgumentNullException.ThrowIfNull(host);
        if (Credential(authorization, rawQuery) is { } credential)
        {
            return CredentialScope.TryRead(credential, out var scope) ? scope.Plane ?? otherwise : otherwise;
        }
        if (hasClientCertificate || ThingToken.IsBearer(authorization, out _))
        {
            return Plane.Data;
        }
        if (host.StartsWith(DataPrefix, StringComparison.OrdinalIgnoreCase) || host.Contains(DataPart, StringComparison.OrdinalIgnoreCase))
        {
            return Plane.Data;
        }
        return host.StartsWith(ControlPrefix, StringComparison.OrdinalIgnoreCase) ? Plane.Control : otherwise;
    }

    private static string? Credential(string? authorization, string rawQuery)
    {
        const string name = "Credential=";
        if (authorization?.IndexOf(name, StringComparison.Ordinal) is >= 0 and var start)
        {
            var credential = authorization[(start + name.Length)..];
            return credential.IndexOfAny([',', ' ']) is >= 0 and var end ? credential[..end] : credential;
        }
        return rawQuery.Contains("X-Amz-Credential", StringComparison.Ordinal)
            ? CanonicalQuery.Find(rawQuery, "X-Amz-Credential", out _)
            : null;
    }
}
