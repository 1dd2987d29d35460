using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Cancels the execution of a job on a thing; a running one only with -Force.</summary>
[Cmdlet(VerbsLifecycle.Stop, "IoTJobExecution", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class StopIoTJobExecutionCommand : ForcingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string JobId { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string[] ThingName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    /// <summary>Replaces the stored details when given.</summary>
    [Parameter]
    [Alias("StatusDetails")]
    public Hashtable? StatusDetail { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        foreach (var thing in ThingName)
        {
            if (Wants($"{JobId} on {thing}", Forces ? "Cancel job execution, even while it runs" : "Cancel job execution"))
            {
                SendAhead(Cancel(thing), thing);
            }
        }
    }

    private CancelJobExecution Cancel(string thing) => new(JobId, thing)
    {
        Force = Forces,
        ExpectedVersion = ExpectedVersion,
        StatusDetails = TextMap.Of(StatusDetail),
    };
}
