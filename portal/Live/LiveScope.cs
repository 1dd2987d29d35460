namespace IoTJobsToolkit.Portal.Live;

/// <summary>What a page looks at: one job, one thing, or, with neither, all jobs.</summary>
public sealed record LiveScope(string? JobId = null, string? ThingName = null)
{
    public static LiveScope AllJobs { get; } = new();
}
