using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes thing groups by name, one after the other: what static and dynamic ones have in common.</summary>
public abstract class GroupRemovalCmdlet : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string[] ThingGroupName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    protected override string Identity => nameof(ThingGroupName);

    /// <summary>What is done, as the question and -WhatIf say it.</summary>
    protected abstract string Action { get; }

    protected override void ProcessRecord()
    {
        foreach (var name in ThingGroupName)
        {
            if (Wants(name, Action))
            {
                Delete(name);
            }
        }
    }

    protected abstract void Delete(string name);
}
