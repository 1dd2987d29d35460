using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>A cmdlet that changes the tags of jobs, job templates and thing groups; each of them pipes in by its ARN.</summary>
public abstract class TaggingCmdlet : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JobArn", "JobTemplateArn", "ThingGroupArn", "GroupArn")]
    [ArgumentCompleter(typeof(TaggedArnCompleter))]
    public string[] ResourceArn { get; set; } = null!;

    protected override string Identity => nameof(ResourceArn);
}
