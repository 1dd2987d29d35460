using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes things; their pending executions become REMOVED.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTThing", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTThingCommand : ChangingCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    protected override string Identity => nameof(ThingName);

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in ThingNames(ThingName))
        {
            if (Wants(name, "Delete thing; what it still has to do is removed"))
            {
                SendAhead(new DeleteThing(name) { ExpectedVersion = ExpectedVersion }, name);
            }
        }
    }
}
