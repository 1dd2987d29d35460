using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.Groups;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Deletes a group; its things stay. A group with groups below it cannot be deleted.</summary>
public sealed record DeleteGroupAction(JobsEngine Engine, string GroupName, bool IsDynamic) : OperatorAction
{
    /// <summary>Things are counted so far; a larger group says so.</summary>
    private const int Counted = 250;

    public override string Label => "Delete";

    public override string Question => "Delete this group?";

    public override LiveScope Scope => LiveScope.AllThings;

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        var children = await Engine.ReadGroupsAsync(GroupName);
        if (children.Count > 0)
        {
            return new(
                $"{((long)children.Count).Figure("group stands", "groups stand")} below it ({string.Join(", ", children.Take(3).Select(child => child.Name))}" +
                $"{(children.Count > 3 ? ", …" : "")}): delete {(children.Count == 1 ? "that one" : "those")} first.",
                null);
        }
        var members = await jobs.ExecuteAsync(new ListThingsInThingGroup(GroupName) { MaxResults = Counted });
        var running = (await GroupJobsQuery.ReadAsync(jobs, GroupName)).LongCount(line => line.Through is null);
        var things = ((long)members.Things.Count).Figure("thing", "things");
        return new(
            $"Deletes the group; its {(members.NextToken is null ? things : $"more than {things}")} {(members.Things.Count == 1 ? "stays" : "stay")}. " +
            (running == 0
                ? "No running or scheduled job targets it."
                : $"{running.Figure("running or scheduled job targets", "running or scheduled jobs target")} it: continuous ones remove what is pending there.") +
            " This cannot be undone.",
            "Delete the group");
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        if (IsDynamic)
        {
            await jobs.ExecuteAsync(new DeleteDynamicThingGroup(GroupName));
        }
        else
        {
            await jobs.ExecuteAsync(new DeleteThingGroup(GroupName));
        }
        return $"The group {GroupName} is deleted.";
    }
}
