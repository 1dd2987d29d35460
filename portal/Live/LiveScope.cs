namespace IoTJobsToolkit.Portal.Live;

/// <summary>What a page looks at: one job, one thing, all things and groups, or, with none of these, all jobs.</summary>
public sealed record LiveScope(string? JobId = null, string? ThingName = null, bool Registry = false)
{
    public static LiveScope AllJobs { get; } = new();

    /// <summary>What operators change, and no job's progress.</summary>
    public static LiveScope Activity { get; } = new() { IsActivity = true };

    /// <summary>Notification rules, and what they have not delivered.</summary>
    public static LiveScope Notifications { get; } = new() { IsNotifications = true };

    public bool IsActivity { get; private init; }

    public bool IsNotifications { get; private init; }

    public static LiveScope AllThings { get; } = new(Registry: true);
}
