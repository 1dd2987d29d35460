using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>The fields of the form that updates a job, as they are typed; what was not touched is not sent.</summary>
public sealed class JobChanges
{
    private readonly JobDetail _job;

    public JobChanges(JobDetail job)
    {
        ArgumentNullException.ThrowIfNull(job);
        _job = job;
        Description = job.Description ?? "";
        Timeout = Text(job.TimeoutConfig.InProgressTimeoutInMinutes);
        RoleArn = job.PresignedUrlConfig.RoleArn ?? "";
        ExpiresInSec = Text(job.PresignedUrlConfig.ExpiresInSec);
        var rate = job.JobExecutionsRolloutConfig.ExponentialRate;
        MaximumPerMinute = Text(job.JobExecutionsRolloutConfig.MaximumPerMinute ?? rate?.MaximumPerMinute);
        Grows = rate is not null;
        BaseRate = Text(rate?.BaseRatePerMinute);
        Factor = rate?.IncrementFactor?.ToString(CultureInfo.InvariantCulture) ?? "";
        Notified = Text(rate?.RateIncreaseCriteria?.NumberOfNotifiedThings);
        Succeeded = Text(rate?.RateIncreaseCriteria?.NumberOfSucceededThings);
        Criteria = [.. (job.AbortConfig?.CriteriaList ?? []).Select(criterion => new Criterion(criterion))];
    }

    public string Description { get; set; }

    public string Timeout { get; set; }

    public string RoleArn { get; set; }

    public string ExpiresInSec { get; set; }

    public string MaximumPerMinute { get; set; }

    /// <summary>The rate grows, from <see cref="BaseRate"/> by <see cref="Factor"/>.</summary>
    public bool Grows { get; set; }

    public string BaseRate { get; set; }

    public string Factor { get; set; }

    public string Notified { get; set; }

    public string Succeeded { get; set; }

    public List<Criterion> Criteria { get; }

    /// <summary>What is to be sent; null where nothing was changed.</summary>
    /// <exception cref="JobsException">A field holds what is no number, or takes away what a job cannot lose.</exception>
    public UpdateJob? Operation()
    {
        var was = new JobChanges(_job);
        var update = new UpdateJob(_job.JobId)
        {
            Description = Description.Trim() == was.Description ? null : Described(),
            TimeoutConfig = Timeout == was.Timeout ? null : new() { InProgressTimeoutInMinutes = Number("The timeout", Timeout) },
            PresignedUrlConfig = (RoleArn, ExpiresInSec) == (was.RoleArn, was.ExpiresInSec) ? null : new()
            {
                RoleArn = string.IsNullOrWhiteSpace(RoleArn) ? null : RoleArn.Trim(),
                ExpiresInSec = Number("The life of URLs", ExpiresInSec),
            },
            JobExecutionsRolloutConfig = Rollout() is var rollout && rollout == was.Rollout() ? null : rollout,
            AbortConfig = Criteria.SequenceEqual(was.Criteria) ? null : Aborts(),
        };
        return update == new UpdateJob(_job.JobId) ? null : update;
    }

    private string Described() => Description.Trim() is { Length: > 0 } text ? text : throw Refused("A description can be changed, not taken away: say something in it.");

    private AbortConfig Aborts() => Criteria.Count == 0
        ? throw Refused("The last abort threshold cannot be taken away. Set it to 100% instead, which is reached only when nothing succeeds.")
        : new() { CriteriaList = [.. Criteria.Select(criterion => criterion.Read())] };

    private JobExecutionsRolloutConfig Rollout() => new()
    {
        MaximumPerMinute = Whole("The most per minute", MaximumPerMinute),
        ExponentialRate = !Grows ? null : new()
        {
            BaseRatePerMinute = Whole("The rate at the start", BaseRate),
            IncrementFactor = Decimal("The factor", Factor),
            RateIncreaseCriteria = new()
            {
                NumberOfNotifiedThings = Whole("The number of notified things", Notified),
                NumberOfSucceededThings = Whole("The number of succeeded things", Succeeded),
            },
        },
    };

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int? Whole(string field, string text) =>
        Number(field, text) is not { } number ? null : number is <= int.MaxValue ? (int)number : throw Refused($"{field} is too large: {text.Trim()}.");

    private static long? Number(string field, string text) => string.IsNullOrWhiteSpace(text) ? null
        : long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Refused($"{field} is a whole number, not {text.Trim()}.");

    private static decimal? Decimal(string field, string text) => string.IsNullOrWhiteSpace(text) ? null
        : decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : throw Refused($"{field} is a number such as 1.5, not {text.Trim()}.");

    private static JobsException Refused(string message) => new(JobsError.InvalidRequest, message);

    /// <summary>One abort threshold as it is typed.</summary>
    public sealed record Criterion
    {
        public Criterion()
        {
        }

        public Criterion(AbortCriteria criterion)
        {
            ArgumentNullException.ThrowIfNull(criterion);
            Type = criterion.FailureType ?? JobExecutionFailureType.ALL;
            Percentage = criterion.ThresholdPercentage?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
            Minimum = Text(criterion.MinNumberOfExecutedThings);
        }

        public JobExecutionFailureType Type { get; set; } = JobExecutionFailureType.ALL;

        public string Percentage { get; set; } = "";

        public string Minimum { get; set; } = "";

        internal AbortCriteria Read() => new()
        {
            FailureType = Type,
            Action = AbortAction.CANCEL,
            ThresholdPercentage = Decimal("The percentage of a threshold", Percentage),
            MinNumberOfExecutedThings = Whole("The minimum of a threshold", Minimum),
        };
    }
}
