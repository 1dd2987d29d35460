using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Deletes things from the registry; what they still had to do is removed (jobs-reference 4.4).</summary>
public sealed record DeleteThingsAction(JobsEngine Engine, IReadOnlyList<string> ThingNames) : OperatorAction
{
    public override string Label => "Delete";

    public override string Question => ThingNames.Count == 1 ? "Delete this thing?" : "Delete these things?";

    public override LiveScope Scope => ThingNames is [var only] ? new(ThingName: only) : LiveScope.AllJobs;

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        long queued = 0, running = 0, found = 0;
        foreach (var name in ThingNames)
        {
            if (await FindPendingAsync(name) is { } pending)
            {
                found++;
                queued += pending.Count(place => place.Execution.Status == JobExecutionStatus.QUEUED);
                running += pending.Count(place => place.Execution.Status == JobExecutionStatus.IN_PROGRESS);
            }
        }
        return Effect(found, queued, running);
    }

    public static ActionEffect Effect(long things, long queued, long running)
    {
        if (things == 0)
        {
            return new("It is deleted already.", null);
        }
        var pending = queued + running == 0
            ? "No execution is pending on " + (things == 1 ? "it" : "them")
            : $"Ends {(queued + running).Figure("pending execution", "pending executions")} as removed ({queued.Figure()} queued, {running.Figure()} in progress)";
        return new(
            $"Deletes {things.Figure("thing", "things")} with certificates, tokens and memberships of groups. {pending}. This cannot be undone.",
            $"Delete {things.Figure("thing", "things")}");
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await Many.ForEachAsync(ThingNames, "deleted", name => jobs.ExecuteAsync(new DeleteThing(name)));
        return ThingNames is [var only] ? $"The thing {only} is deleted." : $"{((long)ThingNames.Count).Figure()} things are deleted.";
    }

    private async Task<IReadOnlyList<PendingPlace>?> FindPendingAsync(string name)
    {
        try
        {
            return await Engine.ReadPendingAsync(name);
        }
        catch (JobsException exception) when (exception.Error == JobsError.ResourceNotFound)
        {
            return null;
        }
    }
}
