using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Credentials with every field.</summary>
internal static partial class Records
{
    public static AccessKey FullAccessKey(long sequence) => new()
    {
        Sequence = sequence,
        AccessKeyId = $"IOTJ{sequence}",
        UserName = AnyText,
        Role = AccessRole.OPERATOR,
        ProtectedSecret = AnyText,
        CreatedAt = Time,
        CreatedBy = AnyText,
    };

    public static Account FullAccount(long sequence) => new()
    {
        Sequence = sequence,
        Name = $"account-{sequence}",
        Role = AccessRole.OPERATOR,
        PasswordHash = AnyText,
        Stamp = sequence + 1_000_000_000_000,
        CreatedAt = Time,
        CreatedBy = AnyText,
        LastSignInAt = Time.AddMilliseconds(1),
        FailedAttempts = 3,
        LockedUntil = Time.AddMinutes(15),
    };

    public static ThingCredential FullCredential(long thing, string id) => new()
    {
        ThingSequence = thing,
        ThingName = $"t{thing}",
        CredentialId = id,
        Kind = ThingCredentialKind.TOKEN,
        SecretHash = AnyText,
        CreatedAt = Time,
        CreatedBy = AnyText,
        ExpiresAt = Time.AddDays(1),
        RevokedAt = Time.AddMilliseconds(1),
    };
}
