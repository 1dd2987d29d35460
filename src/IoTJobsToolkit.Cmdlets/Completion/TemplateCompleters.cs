using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Ids of custom job templates.</summary>
public sealed class JobTemplateIdCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) =>
        JobTemplates.AddAsync(lease.Jobs, search, template => template.JobTemplateId, cancellationToken);
}

/// <summary>ARNs of job templates, custom ones first.</summary>
public sealed class JobTemplateArnCompleter : LiveCompleter
{
    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        await JobTemplates.AddAsync(lease.Jobs, search, template => template.JobTemplateArn, cancellationToken).ConfigureAwait(false);
        await JobTemplates.AddManagedAsync(lease.Jobs, search, null, template => template.TemplateArn, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Names of managed job templates.</summary>
public sealed class ManagedTemplateNameCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) =>
        JobTemplates.AddManagedAsync(lease.Jobs, search, null, template => template.TemplateName, cancellationToken);
}

/// <summary>Versions of the managed job template which the line names, or of all.</summary>
public sealed class ManagedTemplateVersionCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) =>
        JobTemplates.AddManagedAsync(lease.Jobs, search, search.Text("TemplateName"), template => template.TemplateVersion, cancellationToken);
}

/// <summary>The parameters of the managed job template which the line names, as a table to fill in.</summary>
public sealed class DocumentParameterCompleter : LiveCompleter
{
    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        if (search.Text("JobTemplateArn") is { } arn && arn[(arn.LastIndexOf('/') + 1)..].Split(':') is [var name, var version])
        {
            var template = await lease.Jobs.ExecuteAsync(
                new DescribeManagedJobTemplate(name) { TemplateVersion = version }, cancellationToken).ConfigureAwait(false);
            var asked = template.DocumentParameters.OrderBy(parameter => parameter.Optional).Select(parameter => $"{parameter.Key} = ''");
            search.AddScript($"@{{ {string.Join("; ", asked)} }}", string.Join(
                Environment.NewLine,
                template.DocumentParameters.Select(parameter => $"{parameter.Key}{(parameter.Optional ? " (optional)" : "")}: {parameter.Description}")));
        }
    }
}

internal static class JobTemplates
{
    public static Task AddAsync(
        IJobs jobs, NameSearch search, Func<JobTemplateSummary, string> name, CancellationToken cancellationToken) => search.AddPages(async token =>
    {
        var page = await jobs.ExecuteAsync(new ListJobTemplates { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.JobTemplates.Select(template => (name(template), (string?)template.Description)), page.NextToken);
    });

    /// <param name="only">The name of one template; null for all.</param>
    public static Task AddManagedAsync(
        IJobs jobs, NameSearch search, string? only, Func<ManagedJobTemplateSummary, string> name, CancellationToken cancellationToken) => search.AddPages(async token =>
    {
        var page = await jobs.ExecuteAsync(new ListManagedJobTemplates { TemplateName = only, NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.ManagedJobTemplates.Select(template => (name(template), (string?)template.Description)), page.NextToken);
    });
}
