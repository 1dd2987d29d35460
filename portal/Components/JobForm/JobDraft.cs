using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>A job as it stands in the form, whether or not it could be created so.</summary>
/// <param name="zone">In which <see cref="Start"/> and <see cref="End"/> are given.</param>
public sealed class JobDraft(TimeZoneInfo zone)
{
    public TimeZoneInfo Zone { get; } = zone;

    public string JobId { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Somebody else has to approve the job before its devices get it.</summary>
    public bool RequireApproval { get; set; }

    public string NamespaceId { get; set; } = "";

    public List<TagRow> Tags { get; } = [];

    public List<string> PackageVersions { get; } = [];

    public List<DraftTarget> Targets { get; } = [];

    public TargetSelection Selection { get; set; }

    public DocumentChoice Origin { get; set; }

    public string Document { get; set; } = "";

    public string Address { get; set; } = "";

    public ChosenTemplate? Template { get; set; }

    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    public string RoleArn { get; set; } = "";

    public long? ExpiresInSec { get; set; }

    public RolloutChoice Rollout { get; set; }

    public int? MaximumPerMinute { get; set; }

    public int? BaseRate { get; set; } = 50;

    public decimal? Factor { get; set; } = 2;

    public int? PerNotified { get; set; } = 1000;

    public int? PerSucceeded { get; set; }

    public int? MaxInFlight { get; set; }

    public List<StageRow> Stages { get; } = [];

    public int? VerificationMinutes { get; set; }

    public int? Priority { get; set; }

    /// <summary>Ids of jobs that come first, as they were typed: with commas or blanks between.</summary>
    public string DependsOn { get; set; } = "";

    public DependencyScope DependencyScope { get; set; }

    public List<AbortRow> Aborts { get; } = [];

    public long? TimeoutMinutes { get; set; }

    public List<RetryRow> Retries { get; } = [];

    public DateTime? Start { get; set; }

    public DateTime? End { get; set; }

    public JobEndBehavior EndBehavior { get; set; }

    public List<WindowRow> Windows { get; } = [];

    /// <summary>What could not be taken over from a job or template, in sentences.</summary>
    public List<string> Notes { get; } = [];

    private DescribeJobTemplateResponse? Custom => Origin == DocumentChoice.Template ? Template?.Custom : null;

    /// <summary>The text of the document as far as the form knows it, placeholders and parameters as they stand.</summary>
    public string? DocumentText => Origin switch
    {
        DocumentChoice.Text => Document,
        DocumentChoice.Template => Template?.Document,
        _ => null,
    };

    public JobExecutionsRolloutConfig? RolloutConfig => Rollout switch
    {
        RolloutChoice.Constant => new() { MaximumPerMinute = MaximumPerMinute },
        RolloutChoice.Exponential => new()
        {
            MaximumPerMinute = MaximumPerMinute,
            ExponentialRate = new()
            {
                BaseRatePerMinute = BaseRate,
                IncrementFactor = Factor,
                RateIncreaseCriteria = new() { NumberOfNotifiedThings = PerNotified, NumberOfSucceededThings = PerSucceeded },
            },
        },
        _ => null,
    };

    public SchedulingConfig? Schedule => Start is null && End is null && Windows.Count == 0
        ? null
        : new()
        {
            StartTime = Utc(Start),
            EndTime = Utc(End),
            EndBehavior = End is null ? null : EndBehavior,
            MaintenanceWindows = Windows.Count == 0 ? null : [.. Windows.Select(window => window.Window)],
        };

    /// <summary>Things before groups, as the PowerShell module sends them.</summary>
    public CreateJob Request(JobsSettings settings) => new(JobId.Trim(), [.. Targets.OrderBy(target => target.IsGroup).Select(target => target.Arn(settings))])
    {
        Description = Given(Description),
        NamespaceId = Given(NamespaceId),
        Tags = Tags.Where(tag => tag.Key.Length > 0 || tag.Value.Length > 0).Select(tag => new Tag { Key = tag.Key.Trim(), Value = tag.Value }).ToList() is { Count: > 0 } tags ? tags : null,
        DestinationPackageVersions = PackageVersions.Count > 0 ? [.. PackageVersions] : null,
        TargetSelection = Selection,
        Document = Origin == DocumentChoice.Text ? Document : null,
        DocumentSource = Origin == DocumentChoice.Address ? Address.Trim() : null,
        JobTemplateArn = Origin == DocumentChoice.Template ? Template?.Arn : null,
        DocumentParameters = GivenParameters,
        PresignedUrlConfig = Given(RoleArn) is null && ExpiresInSec is null ? null : new() { RoleArn = Given(RoleArn), ExpiresInSec = ExpiresInSec },
        JobExecutionsRolloutConfig = RolloutConfig,
        AbortConfig = Aborts.All(row => row.Pauses) ? null : new() { CriteriaList = [.. Aborts.Where(row => !row.Pauses).Select(row => row.Criterion)] },
        TimeoutConfig = TimeoutMinutes is null ? null : new() { InProgressTimeoutInMinutes = TimeoutMinutes },
        JobExecutionsRetryConfig = Retries.Count == 0 ? null : new() { CriteriaList = [.. Retries.Select(row => row.Criterion)] },
        SchedulingConfig = Schedule,
    };

    /// <summary>The request with what AWS's clients cannot ask for; null where the draft has nothing of that.</summary>
    public CreateControlledJob? Controlled(CreateJob request)
    {
        string[] first = [.. DependsOn.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        var controlled = new CreateControlledJob(request)
        {
            RequireApproval = RequireApproval ? true : null,
            MaxInFlight = MaxInFlight,
            PauseCriteriaList = Aborts.Any(row => row.Pauses) ? [.. Aborts.Where(row => row.Pauses).Select(row => row.PauseCriterion)] : null,
            Stages = Stages.Count > 0 ? [.. Stages.Select(row => row.Stage)] : null,
            VerificationInMinutes = VerificationMinutes,
            Priority = Priority == 0 ? null : Priority,
            DependsOn = first.Length > 0 ? first : null,
            DependencyScope = first.Length > 0 && DependencyScope == DependencyScope.THING ? DependencyScope.THING : null,
        };
        return controlled == new CreateControlledJob(request) ? null : controlled;
    }

    /// <summary>The template's part that the form leaves out, which CreateJob would take from the template all the same.</summary>
    public bool IsLeftToTemplate(JobPart part) => Custom is { } template && part switch
    {
        JobPart.Document => Given(RoleArn) is null && ExpiresInSec is null && template.PresignedUrlConfig is not null,
        JobPart.Rollout => Rollout == RolloutChoice.Unlimited && template.JobExecutionsRolloutConfig is { } config && config != new JobExecutionsRolloutConfig(),
        JobPart.Abort => Aborts.All(row => row.Pauses) && template.AbortConfig is not null,
        JobPart.Timeout => TimeoutMinutes is null && template.TimeoutConfig?.InProgressTimeoutInMinutes is not null,
        JobPart.Retries => Retries.Count == 0 && template.JobExecutionsRetryConfig is not null,
        JobPart.Schedule => Windows.Count == 0 && template.MaintenanceWindows is { Count: > 0 },
        _ => false,
    };

    /// <summary>The template's document becomes the job's own, so that the job may be without what the template has.</summary>
    public void CopyTemplate()
    {
        if (Custom is { } template)
        {
            (Document, Origin, Template) = (template.Document, DocumentChoice.Text, null);
        }
    }

    /// <summary>The instant of a time in the form; one that the zone's clocks skip counts as the standard time's.</summary>
    public DateTimeOffset? Instant(DateTime? local) => local is { } time ? new DateTimeOffset(time, Zone.GetUtcOffset(time)) : null;

    private IReadOnlyDictionary<string, string>? GivenParameters =>
        Origin == DocumentChoice.Template && Template is { Custom: null } managed &&
        managed.Parameters.Select(parameter => (parameter.Key, Value: Parameters.GetValueOrDefault(parameter.Key, ""))).Where(given => given.Value.Length > 0)
            .ToDictionary(given => given.Key, given => given.Value, StringComparer.Ordinal) is { Count: > 0 } values
            ? values
            : null;

    private string? Utc(DateTime? local) => Instant(local) is { } time ? JobSchedule.Text(time) : null;

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
