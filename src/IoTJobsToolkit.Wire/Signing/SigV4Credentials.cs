using System.Text;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>An access key. A session token makes it a temporary one: requests then have to bring the same token.</summary>
public sealed record SigV4Credentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    // Logs and test output print records: the secret stays out of them.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("AccessKeyId = ").Append(AccessKeyId);
        return true;
    }
}
