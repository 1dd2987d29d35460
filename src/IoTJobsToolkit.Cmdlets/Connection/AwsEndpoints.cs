namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>Addresses which the environment puts in the place of AWS's own, in the variables that AWS's own tools read.</summary>
internal static class AwsEndpoints
{
    public static Uri? Find(string service)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        return new[] { $"AWS_ENDPOINT_URL_{service}", "AWS_ENDPOINT_URL" }
            .Select(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ServerAddress.Read(text, name) : null)
            .FirstOrDefault(endpoint => endpoint is not null);
    }
}
