using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Tells the database how long it is to keep ended jobs. What is older goes at once, with executions and history, and so does the activity of that time;
/// <see cref="ClearJobHistory.DryRun"/> counts the jobs before.
/// </summary>
/// <param name="Days">1 to 36,500.</param>
public sealed record UpdateRetention(int? Days) : Operation<Nothing>
{
    internal override void Validate(Check check)
    {
        check.Required("days", Days);
        check.Range("days", Days, 1, 36_500);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.RETENTION, "retention", $"{Days} days");

    internal override Nothing Run(JobsTransaction tx)
    {
        if (tx.Settings.RetentionDays is { } given)
        {
            throw JobsException.InvalidRequest(
                $"Ended jobs are kept for {given} days, as the setting Jobs:RetentionDays of the server, or -RetentionDays of Connect-IoTJobs, says. " +
                "Change it there, or take it out to change it here.");
        }
        tx.Changes.RetentionDays = Days;
        return Nothing.Value;
    }
}
