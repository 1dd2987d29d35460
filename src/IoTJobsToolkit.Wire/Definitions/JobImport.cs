namespace IoTJobsToolkit.Wire.Definitions;

/// <summary>What became of a definition.</summary>
/// <param name="Action">Create, Update, or Nothing where the job is what its definition says.</param>
/// <param name="Changes">Members that differed.</param>
public sealed record JobImport(string JobId, JobPlanAction Action, IReadOnlyList<JobMemberChange> Changes);
