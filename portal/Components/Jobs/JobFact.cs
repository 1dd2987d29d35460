namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>A line of a job's configuration.</summary>
/// <param name="At">A time that comes before the words; pages show it in the viewer's zone.</param>
public sealed record JobFact(string Name, string Value, DateTimeOffset? At = null);
