using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Portal.Tests;

/// <summary>Makes credentials without files: what they are can be read off them.</summary>
internal sealed class PlainIssuer : ICredentialIssuer
{
    private int _count;

    public IssuedAccessKey NewAccessKey()
    {
        var id = $"KEY{Interlocked.Increment(ref _count)}";
        return new(id, $"secret of {id}", $"sealed {id}");
    }

    public IssuedCertificate NewCertificate(string thingName, string? signingRequest, int validDays)
    {
        var id = $"CERT{Interlocked.Increment(ref _count)}";
        return new(id, $"certificate {id} of {thingName}", $"key of {id}", "the authority", DateTimeOffset.UnixEpoch.AddDays(36_500));
    }

    public IssuedToken NewToken(string thingName)
    {
        var id = $"TOKEN{Interlocked.Increment(ref _count)}";
        return new(id, $"iotj.{thingName}.{id}.secret", $"hash of {id}");
    }

    public IssuedSecret NewWebhookSecret(string? secret) => new(secret ?? "whsec_made", "sealed secret");
}
