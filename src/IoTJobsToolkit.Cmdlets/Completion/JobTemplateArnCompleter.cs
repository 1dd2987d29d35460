using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>ARNs of job templates, custom ones first.</summary>
public sealed class JobTemplateArnCompleter : LiveCompleter
{
    private protected override async Task<(IEnumerable<(string Name, string ToolTip)> Names, string? NextToken)> ReadAsync(
        IJobs jobs, string? token, CancellationToken cancellationToken)
    {
        var page = await jobs.ExecuteAsync(new ListJobTemplates { NextToken = token }, cancellationToken).ConfigureAwait(false);
        var names = page.JobTemplates.Select(template => (template.JobTemplateArn, template.Description));
        if (page.NextToken is null)
        {
            var managed = await jobs.ExecuteAsync(new ListManagedJobTemplates(), cancellationToken).ConfigureAwait(false);
            names = names.Concat(managed.ManagedJobTemplates.Select(template => (template.TemplateArn, template.Description)));
        }
        return (names, page.NextToken);
    }
}
