using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells what holds jobs back beside AWS's own means: stages, executions in flight, other jobs, priority; and how far they are with that.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobControl")]
[OutputType(typeof(DescribeJobControlsResponse))]
public sealed class GetIoTJobControlCommand : IoTJobsCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId))
        {
            Send(new DescribeJobControls(id), id);
        }
    }
}
