using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>A view of the list of jobs with a name.</summary>
/// <param name="Query">From <c>?</c> on; empty for all jobs.</param>
public sealed record SavedFilter(string Name, string Query)
{
    /// <summary>Those which everybody has.</summary>
    public static IReadOnlyList<SavedFilter> BuiltIn { get; } =
    [
        Of("Running", new() { Status = JobStatus.IN_PROGRESS }),
        Of("Failing", new() { Status = JobStatus.IN_PROGRESS, Failures = true, Order = new(JobsSort.FailedShare, true) }),
        Of("Being deleted", new() { Status = JobStatus.DELETION_IN_PROGRESS }),
        Of("Ended today", new() { Ended = JobsPeriod.Today, Order = new(JobsSort.LastUpdatedAt, true) }),
    ];

    public static SavedFilter Of(string name, JobsView view) => new(name, view.Query);
}
