using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes jobs, with the counts of their executions.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJob")]
[OutputType(typeof(DescribeJobResponse))]
public sealed class GetIoTJobCommand : IoTJobsCmdlet
{
    /// <summary>Ids, or wildcards over them; all jobs where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] JobId { get; set; } = ["*"];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? BeforeSubstitution { get; set; }

    protected override void ProcessRecord() =>
        Describe(JobIds(JobId), id => new DescribeJob(id) { BeforeSubstitution = BeforeSubstitution });
}
