using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Wire.Definitions;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>Fills a form from what there is: a job, or a template.</summary>
public static class DraftSource
{
    /// <exception cref="JobsException">There is no such job.</exception>
    public static async Task FillFromJobAsync(this JobDraft draft, IJobs jobs, JobsSettings settings, string jobId, DateTimeOffset now)
    {
        var answer = await jobs.ExecuteAsync(new DescribeJob(jobId));
        var job = answer.Job;
        var document = (await jobs.ExecuteAsync(new GetJobDocument(jobId))).Document;
        draft.Description = job.Description ?? "";
        draft.NamespaceId = job.NamespaceId ?? "";
        draft.Selection = job.TargetSelection;
        draft.PackageVersions.AddRange(job.DestinationPackageVersions ?? []);
        draft.Tags.AddRange((await DefinedJob.TagsAsync(jobs, job.JobArn)).Select(tag => new TagRow { Key = tag.Key ?? "", Value = tag.Value ?? "" }));
        foreach (var target in job.Targets)
        {
            draft.Targets.Add(await TargetNames.FindAsync(jobs, settings, target, isGroup: false));
        }
        draft.FillConfigurations(
            job.PresignedUrlConfig, job.JobExecutionsRolloutConfig, job.AbortConfig, job.TimeoutConfig, job.JobExecutionsRetryConfig, job.SchedulingConfig?.MaintenanceWindows);
        draft.FillControls(await jobs.ExecuteAsync(new DescribeJobControls(jobId)));
        draft.FillTimes(job.SchedulingConfig, jobId, now);
        (draft.Document, draft.Address) = (document, answer.DocumentSource ?? "");
        draft.Origin = answer.DocumentSource is null ? DocumentChoice.Text : DocumentChoice.Address;
        if (job.JobTemplateArn is { } arn && await FindTemplateAsync(jobs, TemplateId(arn)) is { } template && template.Arn == arn &&
            (template.Custom is null || template.Document == document))
        {
            (draft.Origin, draft.Template) = (DocumentChoice.Template, template);
            foreach (var (key, value) in job.DocumentParameters ?? new Dictionary<string, string>())
            {
                draft.Parameters[key] = value;
            }
        }
    }

    /// <summary>Takes over all that a template gives; what it does not give stays as it is.</summary>
    public static void FillFromTemplate(this JobDraft draft, ChosenTemplate template)
    {
        (draft.Origin, draft.Template) = (DocumentChoice.Template, template);
        if (template.Custom is { } custom)
        {
            draft.PackageVersions.Clear();
            draft.PackageVersions.AddRange(custom.DestinationPackageVersions ?? []);
            draft.FillConfigurations(
                custom.PresignedUrlConfig, custom.JobExecutionsRolloutConfig, custom.AbortConfig, custom.TimeoutConfig, custom.JobExecutionsRetryConfig, custom.MaintenanceWindows);
        }
    }

    /// <summary>A custom template by id, else a managed one by name; null where there is neither.</summary>
    public static async Task<ChosenTemplate?> FindTemplateAsync(IJobs jobs, string id) =>
        await FindAsync(jobs, new DescribeJobTemplate(id)) is { } custom ? ChosenTemplate.Of(custom)
        : await FindAsync(jobs, new DescribeManagedJobTemplate(id)) is { } managed ? ChosenTemplate.Of(managed)
        : null;

    /// <summary>A managed template's ARN ends in NAME:VERSION.</summary>
    private static string TemplateId(string arn) => Arn.LastPart(arn).Split(':')[0];

    private static async Task<T?> FindAsync<T>(IJobs jobs, Operation<T> operation)
        where T : class
    {
        try
        {
            return await jobs.ExecuteAsync(operation);
        }
        catch (JobsException none) when (none.Error is JobsError.ResourceNotFound or JobsError.InvalidRequest)
        {
            return null;
        }
    }

    private static void FillConfigurations(
        this JobDraft draft, PresignedUrlConfig? presigned, JobExecutionsRolloutConfig? rollout, AbortConfig? abort, TimeoutConfig? timeout,
        JobExecutionsRetryConfig? retries, IReadOnlyList<MaintenanceWindow>? windows)
    {
        (draft.RoleArn, draft.ExpiresInSec) = (presigned?.RoleArn ?? "", presigned?.ExpiresInSec);
        draft.FillRollout(rollout);
        draft.TimeoutMinutes = timeout?.InProgressTimeoutInMinutes;
        Fill(draft.Aborts, abort?.CriteriaList, rule => new AbortRow
        {
            FailureType = rule.FailureType ?? default, Percentage = rule.ThresholdPercentage, Minimum = rule.MinNumberOfExecutedThings,
        });
        Fill(draft.Retries, retries?.CriteriaList, rule => new RetryRow { FailureType = rule.FailureType ?? default, Retries = rule.NumberOfRetries });
        Fill(draft.Windows, windows, window => new WindowRow { Cron = window.StartTime ?? "", Minutes = window.DurationInMinutes });
    }

    /// <summary>All but the jobs that came first, which have come.</summary>
    private static void FillControls(this JobDraft draft, DescribeJobControlsResponse controls)
    {
        (draft.MaxInFlight, draft.VerificationMinutes, draft.Priority) = (controls.MaxInFlight, controls.VerificationInMinutes, controls.Priority == 0 ? null : controls.Priority);
        Fill(draft.Stages, controls.Stages, stage => new StageRow { Things = stage.Things, Percentage = stage.SuccessPercentage });
        draft.Aborts.AddRange(controls.PauseCriteriaList.Select(rule => new AbortRow
        {
            FailureType = rule.FailureType ?? default, Percentage = rule.ThresholdPercentage, Minimum = rule.MinNumberOfExecutedThings, Effect = RuleEffect.Pause,
        }));
    }

    private static void FillRollout(this JobDraft draft, JobExecutionsRolloutConfig? config)
    {
        draft.MaximumPerMinute = config?.MaximumPerMinute ?? config?.ExponentialRate?.MaximumPerMinute;
        draft.Rollout = config?.ExponentialRate is not null ? RolloutChoice.Exponential
            : draft.MaximumPerMinute is not null ? RolloutChoice.Constant
            : RolloutChoice.Unlimited;
        if (config?.ExponentialRate is { } rate)
        {
            (draft.BaseRate, draft.Factor) = (rate.BaseRatePerMinute, rate.IncrementFactor);
            (draft.PerNotified, draft.PerSucceeded) = (rate.RateIncreaseCriteria?.NumberOfNotifiedThings, rate.RateIncreaseCriteria?.NumberOfSucceededThings);
        }
    }

    /// <summary>A start or end that has passed is of no use to a new job.</summary>
    private static void FillTimes(this JobDraft draft, SchedulingConfig? schedule, string jobId, DateTimeOffset now)
    {
        draft.Start = draft.Local(schedule?.StartTime, now);
        draft.End = draft.Local(schedule?.EndTime, now);
        draft.EndBehavior = schedule?.EndBehavior ?? JobEndBehavior.STOP_ROLLOUT;
        if (schedule?.StartTime is not null && draft.Start is null || schedule?.EndTime is not null && draft.End is null)
        {
            draft.Notes.Add($"The start or end of {jobId} has passed and was left out: see the schedule below.");
        }
    }

    private static DateTime? Local(this JobDraft draft, string? text, DateTimeOffset now) =>
        ScheduleTime.TryParse(text, out var time) && time > now ? TimeZoneInfo.ConvertTime(time, draft.Zone).DateTime : null;

    private static void Fill<T, TRow>(List<TRow> rows, IReadOnlyList<T>? items, Func<T, TRow> row)
    {
        rows.Clear();
        rows.AddRange((items ?? []).Select(row));
    }
}
