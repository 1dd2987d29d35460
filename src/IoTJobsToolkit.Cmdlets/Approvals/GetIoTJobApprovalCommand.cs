using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the jobs that wait for approval: since when, of whom, and until when they may.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobApproval")]
[OutputType(typeof(JobApprovalRequest))]
public sealed class GetIoTJobApprovalCommand : ListingCmdlet
{
    /// <summary>Ids; what does not wait is left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApprovalJobIdCompleter))]
    public string[]? JobId { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var id in JobId ?? [null!])
        {
            List(
                id ?? "jobs that wait for approval",
                nameof(ListJobApprovalsResponse.Jobs),
                token => new ListJobApprovals { JobId = id, MaxResults = MaxResult, NextToken = token },
                response => response.NextToken);
        }
    }
}
