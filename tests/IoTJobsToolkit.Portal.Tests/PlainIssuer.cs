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

    public IssuedCertificate NewCertificate(string thingName, string? signingRequest, int validDays) =>
        throw new NotSupportedException("No page issues certificates.");

    public IssuedToken NewToken(string thingName) => throw new NotSupportedException("No page issues tokens.");
}
