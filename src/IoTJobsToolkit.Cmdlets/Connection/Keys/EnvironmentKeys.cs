namespace IoTJobsToolkit.Cmdlets.Connection.Keys;

/// <summary>Keys and region for servers, from the environment: the toolkit's own variables before AWS's.</summary>
internal static class EnvironmentKeys
{
    public static string? Region => Read("AWS_REGION") ?? Read("AWS_DEFAULT_REGION");

    public static KeySource? Find() => Find("IOTJOBS_") ?? Find("AWS_");

    private static FixedKey? Find(string prefix) =>
        Read(prefix + "ACCESS_KEY_ID") is { } id && Read(prefix + "SECRET_ACCESS_KEY") is { } secret
            ? new(new(id, secret, Read(prefix + "SESSION_TOKEN")))
            : null;

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
