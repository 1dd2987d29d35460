namespace IoTJobsToolkit.Engine.Access;

/// <summary>An access key as the database keeps it: its secret is readable only with the key file beside the database.</summary>
public sealed record AccessKey
{
    public required long Sequence { get; init; }

    public required string AccessKeyId { get; init; }

    /// <summary>Who uses it, for people and for the history of what it changes.</summary>
    public required string UserName { get; init; }

    public required AccessRole Role { get; init; }

    /// <summary>The secret, encrypted by <see cref="ICredentialIssuer"/>.</summary>
    public required string ProtectedSecret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }
}
