namespace IoTJobsToolkit.Portal.Live;

/// <summary>What a page looks at: one job, one thing, or, with neither, all jobs.</summary>
public sealed record LiveScope(string? JobId = null, string? ThingName = null)
{
    public static LiveScope AllJobs { get; } = new();

    /// <summary>What operators change, and no job's progress.</summary>
    public static LiveScope Activity { get; } = new() { IsActivity = true };

    public bool IsActivity { get; private init; }
}
