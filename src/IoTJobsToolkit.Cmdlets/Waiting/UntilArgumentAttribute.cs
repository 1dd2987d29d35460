using System.Management.Automation;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>Takes what is waited for: <c>Ended</c>, a status of the job, a count such as <c>FAILED > 0</c>, or a script block.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UntilArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            JobGoal goal => goal,
            ScriptBlock script => new ScriptGoal(script),
            JobStatus status => new StatusGoal(status),
            var other => Read(other?.ToString()?.Trim() ?? ""),
        };

    private static JobGoal Read(string text)
    {
        if (text.Equals(nameof(JobGoal.Ended), StringComparison.OrdinalIgnoreCase))
        {
            return JobGoal.Ended;
        }
        // A finished job has two names, as in JobStatusArgument.
        if (text.Equals("SUCCEEDED", StringComparison.OrdinalIgnoreCase))
        {
            return new StatusGoal(JobStatus.COMPLETED);
        }
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse<JobStatus>(text, ignoreCase: true, out var status))
        {
            return new StatusGoal(status);
        }
        return (JobGoal?)CountGoal.Parse(text) ?? throw new ArgumentTransformationMetadataException(
            $"'{text}' is nothing to wait for. Give Ended, a status of the job ({string.Join(", ", Enum.GetNames<JobStatus>())}), "
            + "a count of executions such as 'SUCCEEDED >= 100', 'FAILED > 0' or 'ENDED >= 90%', or a script block that looks at the job as $_.");
    }
}
