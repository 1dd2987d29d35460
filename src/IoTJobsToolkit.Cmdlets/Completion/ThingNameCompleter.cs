using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Names of things.</summary>
public sealed class ThingNameCompleter : LiveCompleter
{
    private protected override async Task<(IEnumerable<(string Name, string ToolTip)> Names, string? NextToken)> ReadAsync(
        IJobs jobs, string? token, CancellationToken cancellationToken)
    {
        var page = await jobs.ExecuteAsync(new ListThings { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Things.Select(thing => (thing.ThingName, thing.ThingTypeName ?? thing.ThingArn)), page.NextToken);
    }
}
