using IoTJobsToolkit.Wire;

namespace IoTJobsToolkit.Server.Tests.Boundaries;

/// <summary>Where a value that fits the model may be refused all the same: the reference has a rule that the model cannot say.</summary>
internal static class FurtherRules
{
    /// <summary>Operation and member, at any depth below it; each with its place in the reference.</summary>
    private static readonly string[] Rules =
    [
        // A token is what a list returned for the same filters (http-api 7).
        "ListJobs nextToken", "ListJobExecutionsForJob nextToken", "ListJobExecutionsForThing nextToken", "ListJobTemplates nextToken",
        "ListManagedJobTemplates nextToken", "ListThings nextToken", "ListThingGroups nextToken", "ListThingGroupsForThing nextToken",
        "ListThingsInThingGroup nextToken", "ListTagsForResource nextToken",
        // Targets are ARNs of things and groups (jobs-reference 4), tagged resources those of jobs, templates and groups (http-api 12, TagResource).
        "CreateJob targets", "AssociateTargetsWithJob targets",
        "TagResource resourceArn", "UntagResource resourceArn", "ListTagsForResource resourceArn",
        // A document is JSON and comes from one place, an S3 object where it is a source (jobs-reference 10.1, 10.2, OPEN-22).
        "CreateJob document", "CreateJob documentSource", "CreateJobTemplate document", "CreateJobTemplate documentSource",
        // Parameters are a managed template's (http-api 10, CreateJob).
        "CreateJob documentParameters",
        // A rate that grows needs a criterion (C-12).
        "CreateJob jobExecutionsRolloutConfig.exponentialRate.rateIncreaseCriteria",
        "UpdateJob jobExecutionsRolloutConfig.exponentialRate.rateIncreaseCriteria",
        "CreateJobTemplate jobExecutionsRolloutConfig.exponentialRate.rateIncreaseCriteria",
        // Retries may only be taken away (http-api 10, UpdateJob).
        "UpdateJob jobExecutionsRetryConfig",
        // Times are dates, windows are cron expressions, an end's behavior needs an end (jobs-reference 9).
        "CreateJob schedulingConfig", "CreateJobTemplate maintenanceWindows",
        // A device reports four of the eight statuses (OPEN-5).
        "UpdateJobExecution status",
        // A side of a membership has a name or an ARN; the one operation without ARNs needs the name (http-api 12).
        "AddThingToThingGroup thingName", "AddThingToThingGroup thingGroupName", "RemoveThingFromThingGroup thingName",
        "RemoveThingFromThingGroup thingGroupName", "UpdateThingGroupsForThing thingName",
        // There is one version of queries (http-api 12, CreateDynamicThingGroup) and four addresses, one of them not here (DescribeEndpoint).
        "CreateDynamicThingGroup queryVersion", "UpdateDynamicThingGroup queryVersion", "DescribeEndpoint endpointType",
    ];

    public static string? Of(Route route, Boundary boundary) => Of(route).FirstOrDefault(rule =>
        $"{boundary.Path}." is var path && new[] { ".", "[", " " }.Any(end => path.StartsWith(rule[(route.Operation.Length + 1)..] + end, StringComparison.Ordinal)));

    public static IEnumerable<string> Of(Route route) =>
        Rules.Where(rule => rule.StartsWith(route.Operation + " ", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
