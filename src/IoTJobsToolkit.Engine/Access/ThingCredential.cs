namespace IoTJobsToolkit.Engine.Access;

public enum ThingCredentialKind
{
    /// <summary>An X.509 certificate of the local authority; its id is the SHA-256 of the certificate in hex.</summary>
    CERTIFICATE,

    /// <summary>A bearer token, for devices that cannot do certificates; only its hash is kept.</summary>
    TOKEN,
}

/// <summary>What a device shows to act for one thing. It goes with the thing: one of the same name made later is another.</summary>
public sealed record ThingCredential
{
    public required long ThingSequence { get; init; }

    public required string ThingName { get; init; }

    public required string CredentialId { get; init; }

    public required ThingCredentialKind Kind { get; init; }

    /// <summary>SHA-256 of a token's secret in hex; null for certificates, whose id is their hash.</summary>
    public string? SecretHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>From when on it no longer counts; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>From when on it no longer counts, for whichever reason comes first; null for never.</summary>
    internal DateTimeOffset? EndsAt => RevokedAt < ExpiresAt ? RevokedAt : ExpiresAt ?? RevokedAt;

    public bool IsGoodAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
