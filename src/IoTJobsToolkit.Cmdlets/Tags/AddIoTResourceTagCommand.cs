using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Adds tags to jobs, job templates and thing groups; a key which one has already gets the new value.</summary>
[Cmdlet(VerbsCommon.Add, "IoTResourceTag", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class AddIoTResourceTagCommand : TaggingCmdlet
{
    /// <summary>As <c>@{ team = 'ops' }</c>, or <c>@{ Key = 'team'; Value = 'ops' }</c> as in AWS's scripts.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [TagArgument]
    public Tag[] Tag { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var arn in ResourceArn)
        {
            if (Wants(arn, $"Add tags {string.Join(", ", Tag.Select(tag => tag?.Key))}"))
            {
                Send(new TagResource(arn, Tag), arn, null);
            }
        }
    }
}
