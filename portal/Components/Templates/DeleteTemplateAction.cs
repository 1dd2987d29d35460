using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Actions;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Templates;

/// <summary>Deletes a custom template; jobs made from it stay (jobs-reference 12.1).</summary>
public sealed record DeleteTemplateAction(string TemplateId) : OperatorAction
{
    public static ActionEffect Effect { get; } = new("Deletes 1 template. Jobs made from it stay as they are. This cannot be undone.", "Delete the template");

    public override string Label => "Delete";

    public override string Question => "Delete this template?";

    public override LiveScope Scope => LiveScope.AllJobs;

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        await jobs.ExecuteAsync(new DescribeJobTemplate(TemplateId));
        return Effect;
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new DeleteJobTemplate(TemplateId));
        return $"The template {TemplateId} is deleted.";
    }
}
