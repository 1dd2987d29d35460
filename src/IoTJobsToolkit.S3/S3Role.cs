namespace IoTJobsToolkit.S3;

/// <summary>
/// A role that jobs may name, and whose credentials stand for it: some of one's own, since nobody can assume a role of AWS on an isolated
/// site, or those that STS gives. Roles are listed, so that whoever may create jobs cannot make the server take on any other.
/// </summary>
public sealed class S3Role
{
    public string Arn { get; init; } = "";

    public string AccessKeyId { get; init; } = "";

    public string SecretAccessKey { get; init; } = "";

    /// <summary>STS is asked for the role, with the server's own access key.</summary>
    public bool Assume { get; init; }

    /// <exception cref="ArgumentException">A value is missing or out of place; the message names the setting.</exception>
    internal void Validate(string name)
    {
        var hasKey = AccessKeyId.Length > 0 && SecretAccessKey.Length > 0;
        if (Arn.Length == 0 || (!hasKey && !Assume))
        {
            throw new ArgumentException($"{name} needs Arn, and either AccessKeyId and SecretAccessKey or Assume=true.");
        }

        if (Assume && (AccessKeyId.Length > 0 || SecretAccessKey.Length > 0))
        {
            throw new ArgumentException($"{name} has both Assume=true and an access key of its own: leave one out.");
        }
    }
}
