using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the templates which come with the product by name.</summary>
[Cmdlet(VerbsCommon.Get, "IoTManagedJobTemplateList")]
[OutputType(typeof(ManagedJobTemplateSummary))]
public sealed class GetIoTManagedJobTemplateListCommand : ListingCmdlet
{
    /// <summary>Only the versions of this template.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ManagedTemplateNameCompleter))]
    public string? TemplateName { get; set; }

    protected override void ProcessRecord() => List(
        TemplateName ?? "managed job templates",
        nameof(ListManagedJobTemplatesResponse.ManagedJobTemplates),
        token => new ListManagedJobTemplates { TemplateName = TemplateName, MaxResults = MaxResult, NextToken = token },
        response => response.NextToken);
}
