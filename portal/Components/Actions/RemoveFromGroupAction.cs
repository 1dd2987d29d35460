using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.Groups;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Takes things out of a static group; continuous jobs of the group remove what those things still had to do (jobs-reference 4.3).</summary>
public sealed record RemoveFromGroupAction(string GroupName, IReadOnlyList<string> ThingNames) : OperatorAction
{
    public override string Label => "Remove";

    public override string Question => ThingNames.Count == 1 ? "Remove this thing from the group?" : "Remove these things from the group?";

    public override LiveScope Scope => LiveScope.AllJobs;

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        var continuous = (await GroupJobsQuery.ReadAsync(jobs, GroupName)).LongCount(line => line.IsContinuous);
        var things = ((long)ThingNames.Count).Figure("thing", "things");
        var follow = continuous == 0
            ? "No continuous job follows the group."
            : $"{continuous.Figure("continuous job follows", "continuous jobs follow")} the group: what is pending of {(continuous == 1 ? "it" : "them")} there is removed.";
        return new($"Removes {things} from the group {GroupName}. {follow}", $"Remove {things}");
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await Many.ForEachAsync(
            ThingNames, "removed", name => jobs.ExecuteAsync(new RemoveThingFromThingGroup { ThingName = name, ThingGroupName = GroupName }));
        return $"{((long)ThingNames.Count).Figure("thing is", "things are")} no longer in {GroupName}.";
    }
}
