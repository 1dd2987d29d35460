using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>What a job takes over from its template (jobs-reference 12.1, 12.3).</summary>
internal static class TemplateOrigin
{
    /// <summary>Only the documents of managed templates have parameters.</summary>
    public static void CheckParameters(CreateJob request)
    {
        if (request.DocumentParameters is { Count: > 0 } && !(request.JobTemplateArn is { } arn && ManagedJobTemplates.IsArn(arn)))
        {
            throw JobsException.InvalidRequest(
                "documentParameters are for the parameters of a managed template only; " +
                (request.JobTemplateArn is null ? "jobTemplateArn is not given." : $"jobTemplateArn {request.JobTemplateArn} names none."));
        }
    }

    /// <summary>Does something with the request and what its template gives, checked once more as a whole; with the request alone where it has none.</summary>
    /// <exception cref="JobsException">There is no such template, or what it gives does not fit today's limits or the request.</exception>
    public static T With<T>(JobsTransaction tx, CreateJob request, Func<CreateJob, T> act)
    {
        if (request.JobTemplateArn is null)
        {
            return act(request);
        }
        request.RequireFreeId(tx);
        var filled = Fill(tx, request);
        try
        {
            filled.Validate(new Check(tx.Settings));
            return act(filled);
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.InvalidRequest)
        {
            throw JobsException.InvalidRequest($"{refusal.Message} (What the request leaves out comes from job template {request.JobTemplateArn}.)");
        }
    }

    /// <summary>Each member which the request gives stands for the whole member of the template; the description is not taken over.</summary>
    public static CreateJob Fill(CreateJob request, JobTemplate template) => request with
    {
        IsFilled = true,
        Document = template.Document,
        DocumentSource = template.DocumentSource,
        PresignedUrlConfig = request.PresignedUrlConfig ?? template.PresignedUrlConfig,
        JobExecutionsRolloutConfig = request.JobExecutionsRolloutConfig ?? template.JobExecutionsRolloutConfig,
        AbortConfig = request.AbortConfig ?? template.AbortConfig,
        TimeoutConfig = request.TimeoutConfig ?? template.TimeoutConfig,
        JobExecutionsRetryConfig = request.JobExecutionsRetryConfig ?? template.JobExecutionsRetryConfig,
        SchedulingConfig = Scheduling(request.SchedulingConfig, template.MaintenanceWindows),
        DestinationPackageVersions = request.DestinationPackageVersions ?? template.DestinationPackageVersions,
    };

    /// <summary>The text of the job's managed template, parameters not filled in; null for every other job.</summary>
    public static string? ManagedText(Job job) =>
        job.JobTemplateArn is { } arn && ManagedJobTemplates.IsArn(arn) ? ManagedJobTemplates.FindByArn(arn)?.Document : null;

    public static CreateJob Fill(JobsTransaction tx, CreateJob request)
    {
        var arn = request.JobTemplateArn!;
        if (FindManaged(tx.Settings, arn) is { } managed)
        {
            return Fill(request, managed);
        }
        if (tx.Settings.NameOf("jobtemplate", arn) is { } id && tx.FindTemplate(id) is { } template)
        {
            return Fill(request, template);
        }
        throw JobsException.NotFound(
            $"There is no job template {arn} in account {tx.Settings.AccountId}, region {tx.Settings.Region}, and no managed one.");
    }

    private static CreateJob Fill(CreateJob request, ManagedJobTemplate template) => request with
    {
        IsFilled = true,
        Document = template.Fill(request.DocumentParameters),
        Description = request.Description ?? template.Description,
    };

    /// <summary>The start and end of a job are its own; a template has windows only, which count where the request names none.</summary>
    private static SchedulingConfig? Scheduling(SchedulingConfig? own, IReadOnlyList<MaintenanceWindow>? windows) =>
        windows is null ? own : (own ?? new()) with { MaintenanceWindows = own?.MaintenanceWindows ?? windows };

    private static ManagedJobTemplate? FindManaged(JobsSettings settings, string arn) =>
        ManagedJobTemplates.FindByArn(arn) is { } template && settings.ManagedJobTemplateArn(template.Name, template.Version) == arn
            ? template
            : null;
}
