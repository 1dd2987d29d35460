using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>A thing and a group, each given by name or by ARN.</summary>
public abstract class MembershipCmdlet : ChangingCmdlet
{
    /// <summary>A name, or a wildcard over them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
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

    /// <summary>What is done, as the question and -WhatIf say it.</summary>
    private protected abstract string Action { get; }

    protected override void ProcessRecord()
    {
        if (ThingName is not { } given)
        {
            Change(ThingArn ?? "");
            return;
        }
        foreach (var (name, _) in ThingNames([given]))
        {
            ThingName = name;
            Change(name);
        }
        ThingName = given; // What a command line gives stays for the next object of the pipeline.
    }

    private protected abstract void Send(string thing);

    private protected string Group => ThingGroupName ?? ThingGroupArn ?? "";

    private void Change(string thing)
    {
        if (Wants(thing, Action))
        {
            Send(thing);
        }
    }
}
