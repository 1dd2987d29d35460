using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Lists the templates which come with the product by name, or the versions of one (OPEN-25).</summary>
public sealed record ListManagedJobTemplates : Operation<ListManagedJobTemplatesResponse>
{
    public string? TemplateName { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    private string List => $"ListManagedJobTemplates|{TemplateName}";

    internal override void Validate(Check check)
    {
        check.ManagedTemplate(TemplateName, null);
        check.MaxResults(MaxResults);
    }

    internal override ListManagedJobTemplatesResponse Run(JobsTransaction tx)
    {
        var named = ManagedJobTemplates.All.Where(template => TemplateName is null || template.Name == TemplateName).ToList();
        if (named.Count == 0)
        {
            throw JobsException.NotFound($"There is no managed job template {TemplateName}.");
        }
        // They are in order, and one that was listed does not go away while the product runs.
        var rest = PageToken.Read(List, NextToken, 2) is [var name, var version]
            ? named.SkipWhile(template => (template.Name, template.Version) != (name, version)).Skip(1)
            : named;
        var (page, nextToken) = Page.Cut(rest, MaxResults, last => PageToken.Write(List, last.Name, last.Version));
        return new([.. page.Select(template => ManagedJobTemplateSummary.Of(template, tx.Settings))]) { NextToken = nextToken };
    }
}

public sealed record ListManagedJobTemplatesResponse(IReadOnlyList<ManagedJobTemplateSummary> ManagedJobTemplates)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of ListManagedJobTemplates.</summary>
public sealed record ManagedJobTemplateSummary(
    string TemplateArn, string TemplateName, string Description, IReadOnlyList<string> Environments, string TemplateVersion)
{
    internal static ManagedJobTemplateSummary Of(ManagedJobTemplate template, JobsSettings settings) => new(
        settings.ManagedJobTemplateArn(template.Name, template.Version),
        template.Name,
        template.Description,
        template.Environments,
        template.Version);
}
