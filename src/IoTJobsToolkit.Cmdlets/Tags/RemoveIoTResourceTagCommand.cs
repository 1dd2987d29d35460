using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Removes tags from jobs, job templates and thing groups.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTResourceTag", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTResourceTagCommand : TaggingCmdlet
{
    /// <summary>Keys; one that is not there is passed over.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TagKeys", "Key")]
    [ArgumentCompleter(typeof(TagKeyCompleter))]
    public string[] TagKey { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var arn in ResourceArn)
        {
            if (Wants(arn, $"Remove tags {string.Join(", ", TagKey)}"))
            {
                Send(new UntagResource(arn, TagKey), arn, null);
            }
        }
    }
}
