namespace IoTJobsToolkit.S3;

/// <summary>What a URL is signed with. A class, not a record: a record's text would show the secrets.</summary>
internal sealed class SigningCredentials(string accessKeyId, string secretAccessKey, string? sessionToken = null)
{
    public string AccessKeyId => accessKeyId;

    public string SecretAccessKey => secretAccessKey;

    /// <summary>Null for credentials that are not a session's.</summary>
    public string? SessionToken => sessionToken;
}
