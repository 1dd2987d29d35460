using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells of which job a job is a restart, and which jobs are restarts of it.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobLineage")]
[OutputType(typeof(DescribeJobLineageResponse))]
public sealed class GetIoTJobLineageCommand : IoTJobsCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    protected override void ProcessRecord() => Describe(JobIds(JobId), id => new DescribeJobLineage(id));
}
