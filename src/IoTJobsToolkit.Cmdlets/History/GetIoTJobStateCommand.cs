using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells how jobs stood at a moment of the past: their status, and how many executions were in each.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobState")]
[OutputType(typeof(DescribeJobStateResponse))]
public sealed class GetIoTJobStateCommand : IoTJobsCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    /// <summary>A date, or an age: a number of days or a time span; now when absent.</summary>
    [Parameter(Position = 1)]
    [PastArgument]
    public DateTimeOffset? At { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId))
        {
            Send(new DescribeJobState(id) { At = At }, id);
        }
    }
}
