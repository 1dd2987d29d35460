using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Returns a template which comes with the product, with its parameters and its document.</summary>
public sealed record DescribeManagedJobTemplate(string TemplateName) : Operation<DescribeManagedJobTemplateResponse>
{
    /// <summary>1.0 when absent.</summary>
    public string? TemplateVersion { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check)
    {
        check.Required("templateName", TemplateName);
        check.ManagedTemplate(TemplateName, TemplateVersion);
    }

    internal override DescribeManagedJobTemplateResponse Run(JobsTransaction tx)
    {
        var template = ManagedJobTemplates.Find(TemplateName, TemplateVersion) ?? throw JobsException.NotFound(TemplateVersion is null
            ? $"There is no managed job template {TemplateName}."
            : $"There is no managed job template {TemplateName} of version {TemplateVersion}.");
        return new()
        {
            TemplateName = template.Name,
            TemplateArn = tx.Settings.ManagedJobTemplateArn(template.Name, template.Version),
            Description = template.Description,
            TemplateVersion = template.Version,
            Environments = template.Environments,
            DocumentParameters = template.Parameters,
            Document = template.Document,
        };
    }
}

public sealed record DescribeManagedJobTemplateResponse
{
    public required string TemplateName { get; init; }

    public required string TemplateArn { get; init; }

    public required string Description { get; init; }

    public required string TemplateVersion { get; init; }

    public required IReadOnlyList<string> Environments { get; init; }

    public required IReadOnlyList<DocumentParameter> DocumentParameters { get; init; }

    public required string Document { get; init; }
}
