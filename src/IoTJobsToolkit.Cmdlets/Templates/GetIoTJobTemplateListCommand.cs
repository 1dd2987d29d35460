using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists job templates by id.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobTemplateList")]
[OutputType(typeof(JobTemplateSummary))]
public sealed class GetIoTJobTemplateListCommand : ListingCmdlet
{
    protected override void ProcessRecord() => List(
        "job templates",
        nameof(ListJobTemplatesResponse.JobTemplates),
        token => new ListJobTemplates { MaxResults = MaxResult, NextToken = token },
        response => response.NextToken);
}
