using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Names of thing groups.</summary>
public sealed class ThingGroupNameCompleter : LiveCompleter
{
    private protected override async Task<(IEnumerable<(string Name, string ToolTip)> Names, string? NextToken)> ReadAsync(
        IJobs jobs, string? token, CancellationToken cancellationToken)
    {
        var page = await jobs.ExecuteAsync(new ListThingGroups { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.ThingGroups.Select(group => (group.GroupName, group.GroupArn)), page.NextToken);
    }
}
