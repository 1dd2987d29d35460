using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things.Queries;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Lists the quotas which hold here, with how much of them is used now: those of the installation first, then those of each single job, thing
/// and group (jobs-reference 17). The figures are kept, not counted.
/// </summary>
public sealed record DescribeLimits : Operation<DescribeLimitsResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override DescribeLimitsResponse Run(JobsTransaction tx)
    {
        var memory = tx.Memory;
        return new(
        [
            Quota("ActiveJobs", CreateJob.MaxActiveJobs, "Jobs in progress or scheduled.",
                memory.CountJobs(JobStatus.IN_PROGRESS) + memory.CountJobs(JobStatus.SCHEDULED)),
            Quota("ConcurrentJobs", ConcurrentJobs.Limit, "Jobs being rolled out or canceled; more are refused, and rollouts beyond wait.",
                memory.ConcurrentJobs),
            Quota("JobsBeingDeleted", DeleteJob.MaxDeletions, "Jobs in deletion; another can be deleted when one of them is gone.",
                memory.CountJobs(JobStatus.DELETION_IN_PROGRESS)),
            Quota("JobTemplates", CreateJobTemplate.MaxTemplates, "Custom job templates.", memory.Templates.ById.Count),
            Quota("DynamicThingGroups", CreateDynamicThingGroup.MaxGroups, "Groups by query.", memory.Registry.DynamicGroups.Count),
            Always("AccessKeys", CreateAccessKey.MaxKeys, "Keys with which programs sign their requests.", memory.AccessKeys.ById.Count),
            Always("Accounts", CreateAccount.MaxAccounts, "People who sign in at the portal with a password kept here.", memory.Accounts.ByName.Count),
            Quota("TargetsPerJob", JobTargets.MaxTargets, "Things and thing groups that one job names; a group counts once, whatever its size."),
            Quota("RolloutPerMinute", RolloutRate.Default, "Executions that one job creates in a minute."),
            Always("DocumentLength", JobDocument.MaxLength, "Characters of a job document."),
            Quota("GroupsPerThing", Membership.MaxGroups, "Thing groups that one thing is in."),
            Quota("GroupDepth", CreateThingGroup.MaxDepth, "Levels of a tree of thing groups."),
            Quota("ChildrenPerGroup", CreateThingGroup.MaxChildren, "Direct children of one thing group."),
            Quota("TermsPerQuery", ThingQuery.MaxTerms, "Terms in the query of one dynamic group."),
            Always("CredentialsPerThing", ThingCredentials.MaxOfThing, "Certificates and tokens of one thing that count."),
        ]);

        LimitUse Quota(string name, long limit, string description, long? used = null) =>
            new(name, description) { Limit = tx.HasLimits ? limit : null, Used = used };
    }

    /// <summary>What no installation can do without.</summary>
    private static LimitUse Always(string name, long limit, string description, long? used = null) => new(name, description) { Limit = limit, Used = used };
}

public sealed record DescribeLimitsResponse(IReadOnlyList<LimitUse> Limits);

/// <summary>A quota and how much of it is used.</summary>
/// <param name="Description">What is counted, as a sentence.</param>
public sealed record LimitUse(string Name, string Description)
{
    /// <summary>Null where the installation sets none (<see cref="LimitsProfile.None"/>).</summary>
    public long? Limit { get; init; }

    /// <summary>Null for a quota of each single job, thing or group.</summary>
    public long? Used { get; init; }
}
