using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes job templates, each with its document.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobTemplate")]
[OutputType(typeof(DescribeJobTemplateResponse))]
public sealed class GetIoTJobTemplateCommand : IoTJobsCmdlet
{
    /// <summary>Ids, or wildcards over them; all templates where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobTemplateIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] JobTemplateId { get; set; } = ["*"];

    protected override void ProcessRecord() => Describe(TemplateIds(JobTemplateId), id => new DescribeJobTemplate(id));
}
