using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Access;

/// <summary>Issues what can be told apart by its number.</summary>
internal sealed class CountingIssuer : ICredentialIssuer
{
    private int _count;

    public IssuedAccessKey NewAccessKey() => ++_count is var n ? new($"K{n}", $"secret {n}", $"sealed {n}") : null!;

    public IssuedCertificate NewCertificate(string thingName, string? signingRequest, int validDays) =>
        new($"C{++_count}", "pem", signingRequest is null ? "key" : null, "ca", TestEngine.T0.AddDays(validDays));

    public IssuedToken NewToken(string thingName) => ++_count is var n ? new($"T{n}", $"token {n}", $"hash {n}") : null!;

    public IssuedSecret NewWebhookSecret(string? secret) => new(secret ?? $"whsec_{++_count}", $"sealed {_count}");
}
