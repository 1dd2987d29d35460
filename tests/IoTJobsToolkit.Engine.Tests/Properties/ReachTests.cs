using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties;

/// <summary>Random programs are worth something only when they come where the rules are.</summary>
public sealed class ReachTests
{
    private static readonly string[] Kinds =
    [
        "execution Rollout", "execution Rollout again", "execution Join", "execution Retry", "execution Retry again",
        "QUEUED to IN_PROGRESS by Device", "QUEUED to FAILED by Device", "QUEUED to REJECTED by Device", "QUEUED to SUCCEEDED by Device",
        "QUEUED to CANCELED by Operator", "QUEUED to CANCELED by Abort", "QUEUED to REMOVED by ThingDeleted",
        "QUEUED to REMOVED by Leave", "QUEUED to CANCELED by EndTime", "IN_PROGRESS to CANCELED by EndTime", "job SCHEDULED ",
        "IN_PROGRESS to IN_PROGRESS by Device", "IN_PROGRESS to FAILED by Device", "IN_PROGRESS to SUCCEEDED by Device",
        "IN_PROGRESS to CANCELED by Operator", "IN_PROGRESS to TIMED_OUT by Timer", "step timer set on a running execution",
        "job COMPLETED ", "job CANCELED ", "job CANCELED ROLLBACK_1", "job CANCELED ABORT_CRITERIA_MET", "job DELETION_IN_PROGRESS ",
        "AssociateTargetsWithJob done", "AssociateTargetsWithJob refused InvalidRequest", "AssociateTargetsWithJob refused ResourceNotFound",
        "UpdateThingGroupsForThing done", "UpdateThingGroupsForThing refused InvalidRequest", "UpdateThing done",
        "CreateDynamicThingGroup done", "CreateDynamicThingGroup refused ResourceAlreadyExists", "UpdateDynamicThingGroup done",
        "UpdateDynamicThingGroup refused InvalidRequest", "DeleteDynamicThingGroup done", "DeleteDynamicThingGroup refused InvalidRequest",
        "PauseJob done", "PauseJob refused InvalidRequest", "ResumeJob done", "ResumeJob refused InvalidRequest", "UpdateJob done", "DeleteJobExecution done", "DeleteJobExecution refused InvalidStateTransition",
        "CancelJobExecution refused VersionConflict", "UpdateJobExecution refused InvalidStateTransition",
    ];

    [Fact]
    public async Task Programs_reach_every_kind_of_change()
    {
        var property = Property.Default with { Reached = [] };
        await property.FindFailureAsync(200, TestContext.Current.CancellationToken);
        var missed = Kinds.Where(kind => property.Reached.GetValueOrDefault(kind) < 2).ToList();
        Assert.True(missed.Count == 0, $"Seldom or never: {string.Join(", ", missed)}. Reached: {string.Join(", ", property.Reached.OrderBy(pair => pair.Key))}");
    }
}
