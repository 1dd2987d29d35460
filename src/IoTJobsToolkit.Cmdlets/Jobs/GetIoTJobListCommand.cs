using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists jobs by status, the newest of each first.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobList")]
[Alias("Get-IOTJobsList")]
[OutputType(typeof(JobSummary))]
public sealed class GetIoTJobListCommand : ListingCmdlet
{
    /// <summary>SUCCEEDED is understood as COMPLETED.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [JobStatusArgument]
    public JobStatus? Status { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public TargetSelection? TargetSelection { get; set; }

    /// <summary>Only jobs that target this group.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string? ThingGroupName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ThingGroupId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? NamespaceId { get; set; }

    protected override void ProcessRecord() => List(
        "jobs",
        nameof(ListJobsResponse.Jobs),
        token => new ListJobs
        {
            Status = Status,
            TargetSelection = TargetSelection,
            ThingGroupName = ThingGroupName,
            ThingGroupId = ThingGroupId,
            NamespaceId = NamespaceId,
            MaxResults = MaxResult,
            NextToken = token,
        },
        response => response.NextToken);
}
