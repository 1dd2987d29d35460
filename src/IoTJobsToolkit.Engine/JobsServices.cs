namespace IoTJobsToolkit.Engine;

/// <summary>What of the world outside an operation may ask for before its turn; each may be absent.</summary>
public sealed record JobsServices
{
    public static JobsServices None { get; } = new();
}
