using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>A thing and a group, each given by name or by ARN.</summary>
public abstract class MembershipCmdlet : ChangingCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string? ThingName { get; set; }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Group", "GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string? ThingGroupName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingArnCompleter))]
    public string? ThingArn { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("GroupArn")]
    [ArgumentCompleter(typeof(ThingGroupArnCompleter))]
    public string? ThingGroupArn { get; set; }

    protected override string Identity => ThingName is null ? nameof(ThingArn) : nameof(ThingName);

    private protected string Thing => ThingName ?? ThingArn ?? "";

    private protected string Group => ThingGroupName ?? ThingGroupArn ?? "";
}
