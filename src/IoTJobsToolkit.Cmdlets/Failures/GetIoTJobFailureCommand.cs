using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the executions of jobs that failed, were rejected or timed out, each with its reason.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobFailure")]
[OutputType(typeof(JobFailure))]
public sealed class GetIoTJobFailureCommand : ListingCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    /// <summary>The reason as Get-IoTJobFailureReason words it, or a wildcard over reasons.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FailureReasonCompleter))]
    [SupportsWildcards]
    public string? Reason { get; set; }

    /// <summary>FAILED, REJECTED or TIMED_OUT only.</summary>
    [Parameter]
    [ValidateSet(nameof(JobExecutionStatus.FAILED), nameof(JobExecutionStatus.REJECTED), nameof(JobExecutionStatus.TIMED_OUT))]
    public string? Status { get; set; }

    /// <summary>Only what is the last word of its thing: nothing after it is under way, or did better.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId))
        {
            var wanted = new ListJobFailures(id) { Status = WantedStatus, IsLatest = Latest ? true : null, MaxResults = MaxResult };
            if (Reason is { } pattern && WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                foreach (var failure in Failures(wanted, pattern))
                {
                    Write(failure, id, Selection.Whole);
                }
            }
            else
            {
                List(id, nameof(ListJobFailuresResponse.Failures), token => wanted with { Reason = Reason, NextToken = token }, response => response.NextToken);
            }
        }
    }

    private JobExecutionStatus? WantedStatus => Status is null ? null : Enum.Parse<JobExecutionStatus>(Status, ignoreCase: true);
}
