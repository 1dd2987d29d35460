namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>
/// The states of a job (jobs-reference 2), declared in the order in which ListJobs shows them (OPEN-25).
/// The names are the words of the wire in dialect <c>aws</c>.
/// </summary>
public enum JobStatus
{
    IN_PROGRESS,
    SCHEDULED,
    COMPLETED,
    CANCELED,
    DELETION_IN_PROGRESS,
}

/// <summary>Whether a job's things are those of its start, or those of its whole life (jobs-reference 4.2, 4.3).</summary>
public enum TargetSelection
{
    SNAPSHOT,
    CONTINUOUS,
}
