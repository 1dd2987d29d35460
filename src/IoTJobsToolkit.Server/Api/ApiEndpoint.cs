namespace IoTJobsToolkit.Server.Api;

/// <summary>Marks the endpoints of the API among those of the portal.</summary>
internal sealed class ApiEndpoint
{
    public static ApiEndpoint Instance { get; } = new();
}
