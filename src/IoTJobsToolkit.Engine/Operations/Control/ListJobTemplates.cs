using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Lists custom job templates by id (OPEN-25).</summary>
public sealed record ListJobTemplates : Operation<ListJobTemplatesResponse>
{
    private const string List = nameof(ListJobTemplates);

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.MaxResults(MaxResults);

    internal override ListJobTemplatesResponse Run(JobsTransaction tx)
    {
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var (page, nextToken) = Page.Cut(
            tx.Memory.Templates.ById.Values.Where(template => after is null || string.CompareOrdinal(template.TemplateId, after) > 0),
            MaxResults,
            last => PageToken.Write(List, last.TemplateId));
        return new([.. page.Select(template => JobTemplateSummary.Of(template, tx.Settings))]) { NextToken = nextToken };
    }
}

public sealed record ListJobTemplatesResponse(IReadOnlyList<JobTemplateSummary> JobTemplates)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of ListJobTemplates.</summary>
public sealed record JobTemplateSummary(string JobTemplateArn, string JobTemplateId, string Description, DateTimeOffset CreatedAt)
{
    internal static JobTemplateSummary Of(JobTemplate template, JobsSettings settings) =>
        new(settings.JobTemplateArn(template.TemplateId), template.TemplateId, template.Description, template.CreatedAt);
}
