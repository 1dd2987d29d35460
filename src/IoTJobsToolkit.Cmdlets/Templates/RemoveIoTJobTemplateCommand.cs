using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes job templates; jobs made from them stay as they are.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTJobTemplate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTJobTemplateCommand : ChangingCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobTemplateIdCompleter))]
    [SupportsWildcards]
    public string[] JobTemplateId { get; set; } = null!;

    protected override string Identity => nameof(JobTemplateId);

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in TemplateIds(JobTemplateId))
        {
            if (Wants(id, "Delete job template"))
            {
                Send(new DeleteJobTemplate(id), id, null);
            }
        }
    }
}
