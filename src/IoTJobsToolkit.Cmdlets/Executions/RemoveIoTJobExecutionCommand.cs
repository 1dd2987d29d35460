using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes a queued or ended execution of a job on a thing; a running one only with -Force.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTJobExecution", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTJobExecutionCommand : ForcingCmdlet
{
    /// <summary>An id, or a wildcard over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string JobId { get; set; } = null!;

    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    /// <summary>The latest where none is given.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public long? ExecutionNumber { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? NamespaceId { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        var given = JobId;
        foreach (var (job, thing, _) in Executions(given, ThingName, ExecutionNumber))
        {
            JobId = job;
            var name = ExecutionNumber is { } number ? $"{job} on {thing}, number {number}" : $"{job} on {thing}";
            if (Wants(name, Forces ? "Delete job execution, even while it runs" : "Delete job execution"))
            {
                SendAhead(Delete(thing), thing);
            }
        }
        JobId = given; // What a command line gives stays for the next object of the pipeline.
    }

    private DeleteJobExecution Delete(string thing) => new(JobId, thing)
    {
        ExecutionNumber = ExecutionNumber,
        Force = Forces,
        NamespaceId = NamespaceId,
    };
}
