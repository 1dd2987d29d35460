using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes thing groups by name, one after the other: what static and dynamic ones have in common.</summary>
public abstract class GroupRemovalCmdlet : ChangingCmdlet
{
    /// <summary>Names, or wildcards over those of groups of the kind.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    [SupportsWildcards]
    public string[] ThingGroupName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    protected override string Identity => nameof(ThingGroupName);

    /// <summary>What is done, as the question and -WhatIf say it.</summary>
    protected abstract string Action { get; }

    /// <summary>The kind of groups that wildcards stand for.</summary>
    protected abstract bool AreDynamic { get; }

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in GroupNames(ThingGroupName, AreDynamic))
        {
            if (Wants(name, Action))
            {
                Delete(name);
            }
        }
    }

    protected abstract void Delete(string name);
}
