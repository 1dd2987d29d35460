using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Settings;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Keeps ended jobs for a shorter time: those which are older go at once.</summary>
/// <param name="Goes">What that is now.</param>
public sealed record ShortenRetentionAction(int Days, ClearJobHistoryResponse Goes) : OperatorAction
{
    public override string Label => "Save";

    public override string Question => "Keep ended jobs for a shorter time?";

    public override LiveScope Scope => LiveScope.AllJobs;

    public override Task<ActionEffect> LookAsync(IJobs jobs) => Task.FromResult(new ActionEffect(Sentence, $"Keep {Kept}"));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new UpdateRetention(Days));
        return $"Ended jobs are kept for {Kept}.";
    }

    private string Sentence => Goes switch
    {
        { Jobs: 0, DeletedJobs: 0 } => "Nothing is older now. From now on ended jobs go sooner, with their executions and history.",
        { Jobs: 0 } => $"Removes the history of {Deleted} at once. This cannot be undone.",
        { DeletedJobs: 0 } => $"Removes {Ended} and their history at once. This cannot be undone.",
        _ => $"Removes {Ended} and their history, and the history of {Deleted}, at once. This cannot be undone.",
    };

    private string Ended => RetentionPanel.Counted(Goes.Jobs, Goes.Executions);

    private string Deleted => ((long)Goes.DeletedJobs).Figure("deleted job", "deleted jobs");

    private string Kept => ((long)Days).Figure("day", "days");
}
