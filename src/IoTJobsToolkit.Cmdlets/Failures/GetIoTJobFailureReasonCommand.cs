using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells why executions of jobs failed, were rejected or timed out, the most frequent reason first.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobFailureReason")]
[OutputType(typeof(JobFailureReason))]
public sealed class GetIoTJobFailureReasonCommand : IoTJobsCmdlet
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
            if (TryRun(new ListJobFailureReasons(id), id, out var response))
            {
                Write(response, id, nameof(ListJobFailureReasonsResponse.Reasons));
                if (response.NumberOfOthers > 0)
                {
                    WriteWarning(
                        $"{response.NumberOfOthers} more executions of job {id} have further reasons, which are not counted each for itself: Get-IoTJobFailure lists them.");
                }
            }
        }
    }
}
