using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the tags of jobs, job templates and thing groups by key.</summary>
[Cmdlet(VerbsCommon.Get, "IoTTagListForResource")]
[Alias("Get-IoTResourceTagList")]
[OutputType(typeof(Tag))]
public sealed class GetIoTTagListForResourceCommand : ListingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JobArn", "JobTemplateArn", "ThingGroupArn", "GroupArn")]
    [ArgumentCompleter(typeof(TaggedArnCompleter))]
    public string[] ResourceArn { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var arn in ResourceArn)
        {
            List(
                arn,
                nameof(ListTagsForResourceResponse.Tags),
                token => new ListTagsForResource(arn) { NextToken = token },
                response => response.NextToken);
        }
    }
}
