using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Shows what a thing still has to do, as its device sees it.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJPendingJobExecution")]
[OutputType(typeof(GetPendingJobExecutionsResponse))]
public sealed class GetIoTJPendingJobExecutionCommand : IoTJobsCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in ThingNames(ThingName))
        {
            Send(new GetPendingJobExecutions(name), name);
        }
    }
}
