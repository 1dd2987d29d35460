using IoTJobsToolkit.Engine.Jobs;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>The configurations inside a job.</summary>
internal static class JobConfigurationMapping
{
    public static BsonDocument? FromPresignedUrl(PresignedUrlConfig? config)
    {
        if (config is null)
        {
            return null;
        }
        var document = new BsonDocument();
        document.Set("r", config.RoleArn);
        document.Set("x", config.ExpiresInSec);
        return document;
    }

    public static PresignedUrlConfig ToPresignedUrl(BsonDocument document) =>
        new() { RoleArn = document.Text("r"), ExpiresInSec = document.Int64("x") };

    public static BsonDocument? FromRollout(JobExecutionsRolloutConfig? config)
    {
        if (config is null)
        {
            return null;
        }
        var document = new BsonDocument();
        document.Set("m", config.MaximumPerMinute);
        document.SetPart("e", FromRate(config.ExponentialRate));
        return document;
    }

    public static JobExecutionsRolloutConfig ToRollout(BsonDocument document) =>
        new() { MaximumPerMinute = document.Int32("m"), ExponentialRate = document.Part("e", ToRate) };

    public static BsonDocument? FromAbort(AbortConfig? config)
    {
        if (config is null)
        {
            return null;
        }
        var document = new BsonDocument();
        document.Set("l", config.CriteriaList, FromAbortCriteria);
        return document;
    }

    public static AbortConfig ToAbort(BsonDocument document) => new() { CriteriaList = document.List("l", ToAbortCriteria) };

    public static BsonDocument? FromTimeout(TimeoutConfig? config)
    {
        if (config is null)
        {
            return null;
        }
        var document = new BsonDocument();
        document.Set("m", config.InProgressTimeoutInMinutes);
        return document;
    }

    public static TimeoutConfig ToTimeout(BsonDocument document) => new() { InProgressTimeoutInMinutes = document.Int64("m") };

    public static BsonDocument? FromRetry(JobExecutionsRetryConfig? config)
    {
        if (config is null)
        {
            return null;
        }
        var document = new BsonDocument();
        document.Set("l", config.CriteriaList, FromRetryCriteria);
        return document;
    }

    public static JobExecutionsRetryConfig ToRetry(BsonDocument document) =>
        new() { CriteriaList = document.List("l", ToRetryCriteria) };

    public static BsonDocument? FromSchedule(SchedulingConfig? config)
    {
        if (config is null)
        {
            return null;
        }
        var document = new BsonDocument();
        document.Set("s", config.StartTime);
        document.Set("e", config.EndTime);
        document.Set("b", (int?)config.EndBehavior);
        document.Set("w", config.MaintenanceWindows, FromWindow);
        return document;
    }

    public static SchedulingConfig ToSchedule(BsonDocument document) => new()
    {
        StartTime = document.Text("s"),
        EndTime = document.Text("e"),
        EndBehavior = (JobEndBehavior?)document.Int32("b"),
        MaintenanceWindows = document.List("w", ToWindow),
    };

    public static BsonValue FromWindow(MaintenanceWindow window)
    {
        var document = new BsonDocument();
        document.Set("s", window.StartTime);
        document.Set("d", window.DurationInMinutes);
        return document;
    }

    public static MaintenanceWindow ToWindow(BsonValue value) =>
        new() { StartTime = value.AsDocument.Text("s"), DurationInMinutes = value.AsDocument.Int32("d") };

    private static BsonDocument? FromRate(ExponentialRolloutRate? rate)
    {
        if (rate is null)
        {
            return null;
        }
        var document = new BsonDocument();
        document.Set("b", rate.BaseRatePerMinute);
        document.Set("f", rate.IncrementFactor);
        document.Set("m", rate.MaximumPerMinute);
        if (rate.RateIncreaseCriteria is { } criteria)
        {
            var increase = new BsonDocument();
            increase.Set("n", criteria.NumberOfNotifiedThings);
            increase.Set("s", criteria.NumberOfSucceededThings);
            document["c"] = increase;
        }
        return document;
    }

    private static ExponentialRolloutRate ToRate(BsonDocument document) => new()
    {
        BaseRatePerMinute = document.Int32("b"),
        IncrementFactor = document.Decimal("f"),
        MaximumPerMinute = document.Int32("m"),
        RateIncreaseCriteria = document.Part("c", criteria => new RateIncreaseCriteria
        {
            NumberOfNotifiedThings = criteria.Int32("n"),
            NumberOfSucceededThings = criteria.Int32("s"),
        }),
    };

    private static BsonValue FromAbortCriteria(AbortCriteria criteria)
    {
        var document = new BsonDocument();
        document.Set("f", (int?)criteria.FailureType);
        document.Set("a", (int?)criteria.Action);
        document.Set("p", criteria.ThresholdPercentage);
        document.Set("m", criteria.MinNumberOfExecutedThings);
        return document;
    }

    private static AbortCriteria ToAbortCriteria(BsonValue value)
    {
        var document = value.AsDocument;
        return new()
        {
            FailureType = (JobExecutionFailureType?)document.Int32("f"),
            Action = (AbortAction?)document.Int32("a"),
            ThresholdPercentage = document.Decimal("p"),
            MinNumberOfExecutedThings = document.Int32("m"),
        };
    }

    private static BsonValue FromRetryCriteria(RetryCriteria criteria)
    {
        var document = new BsonDocument();
        document.Set("f", (int?)criteria.FailureType);
        document.Set("n", criteria.NumberOfRetries);
        return document;
    }

    private static RetryCriteria ToRetryCriteria(BsonValue value)
    {
        var document = value.AsDocument;
        return new() { FailureType = (RetryableFailureType?)document.Int32("f"), NumberOfRetries = document.Int32("n") };
    }
}
