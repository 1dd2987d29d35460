using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Names of managed job templates.</summary>
public sealed class ManagedTemplateNameCompleter : LiveCompleter
{
    private protected override async Task<(IEnumerable<(string Name, string ToolTip)> Names, string? NextToken)> ReadAsync(
        IJobs jobs, string? token, CancellationToken cancellationToken)
    {
        var page = await jobs.ExecuteAsync(new ListManagedJobTemplates { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.ManagedJobTemplates.Select(template => (template.TemplateName, template.Description)), page.NextToken);
    }
}
