using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Ids of custom job templates.</summary>
public sealed class JobTemplateIdCompleter : LiveCompleter
{
    private protected override async Task<(IEnumerable<(string Name, string ToolTip)> Names, string? NextToken)> ReadAsync(
        IJobs jobs, string? token, CancellationToken cancellationToken)
    {
        var page = await jobs.ExecuteAsync(new ListJobTemplates { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.JobTemplates.Select(template => (template.JobTemplateId, template.Description)), page.NextToken);
    }
}
