using CsCheck;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Properties.Programs;

/// <summary>Jobs with small numbers, so that limits and thresholds are met often.</summary>
internal static class JobGen
{
    public const string Document = """{"op":"x"}""";

    public static Gen<string> JobId => Gen.Int[1, 3].Select(i => $"j{i}");

    public static Gen<JobExecutionsRolloutConfig> Rollout => Gen.Frequency(
        (3, Gen.Int[1, 4].Select(rate => new JobExecutionsRolloutConfig { MaximumPerMinute = rate })),
        (2, Gen.Select(Gen.Int[1, 2], Gen.OneOf(1.1m, 1.5m, 2m, 2.5m), Gen.Int[1, 6], Gen.Int[0, 3], Gen.Int[0, 2]).Select(
            (rate, factor, maximum, notified, succeeded) => new JobExecutionsRolloutConfig
            {
                MaximumPerMinute = maximum == 6 ? null : maximum,
                ExponentialRate = new()
                {
                    BaseRatePerMinute = rate,
                    IncrementFactor = factor,
                    RateIncreaseCriteria = new()
                    {
                        NumberOfNotifiedThings = notified == 0 && succeeded != 0 ? null : Math.Max(1, notified),
                        NumberOfSucceededThings = succeeded == 0 ? null : succeeded,
                    },
                },
            })));

    public static Gen<AbortConfig> Abort => Gen.Select(
        Gen.OneOf(JobExecutionFailureType.FAILED, JobExecutionFailureType.REJECTED, JobExecutionFailureType.TIMED_OUT, JobExecutionFailureType.ALL),
        Gen.OneOf(20m, 33.33m, 33.34m, 50m, 66.67m, 100m),
        Gen.Int[1, 3]).Select((type, threshold, minimum) => new AbortCriteria
        {
            FailureType = type, Action = AbortAction.CANCEL, ThresholdPercentage = threshold, MinNumberOfExecutedThings = minimum,
        }).Array[1, 2].Select(criteria => new AbortConfig { CriteriaList = criteria });

    public static Gen<TimeoutConfig> Timeout => Gen.OneOf(1, 2, 5, 60, 1440).Select(minutes => new TimeoutConfig { InProgressTimeoutInMinutes = minutes });

    public static Gen<JobExecutionsRetryConfig> Retry => Gen.Frequency(
        (2, Gen.Int[1, 3].Select(all => Of((RetryableFailureType.ALL, all)))),
        (2, Gen.Int[1, 2].Select(failed => Of((RetryableFailureType.FAILED, failed)))),
        (1, Gen.Int[1, 2].Select(timedOut => Of((RetryableFailureType.TIMED_OUT, timedOut)))),
        (1, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2]).Select((failed, timedOut) => Of((RetryableFailureType.FAILED, failed), (RetryableFailureType.TIMED_OUT, timedOut)))));

    public static Gen<Step> Create(Fleet fleet, Features features) => Gen.Select(
        JobId,
        Targets(fleet),
        Rollout.Null(0.4),
        Abort.Null(0.6),
        Timeout.Null(0.5),
        Retry.Null(0.35),
        Gen.Frequency((features.Continuous ? 2 : 0, Gen.Const(TargetSelection.CONTINUOUS)), (1, Gen.Const(TargetSelection.SNAPSHOT))),
        Gen.Int[0, features.Schedules ? 5 : 0]).SelectMany((id, targets, rollout, abort, timeout, retry, selection, schedule) =>
    {
        var job = new CreateJob(id, targets)
        {
            Document = Document,
            JobExecutionsRolloutConfig = rollout,
            AbortConfig = abort,
            TimeoutConfig = timeout,
            JobExecutionsRetryConfig = retry,
            TargetSelection = selection,
        };
        return schedule < 3
            ? Gen.Const((Step)new Call<CreateJobResponse>(job))
            : Schedule(job);
    });

    public static Gen<Step> Update => Gen.Select(JobId, Rollout.Null(0.5), Abort.Null(0.7), Timeout.Null(0.7), Gen.Int[0, 5]).Select(
        (id, rollout, abort, timeout, retry) => (Step)new Call<Nothing>(new UpdateJob(id)
        {
            JobExecutionsRolloutConfig = rollout,
            AbortConfig = abort,
            TimeoutConfig = timeout,
            JobExecutionsRetryConfig = retry == 0 ? Of((RetryableFailureType.ALL, 0)) : null,
        }));

    public static Gen<Func<string, CallStep>> Associate(Fleet fleet) => Gen.Select(Targets(fleet), Gen.Int[0, 3]).Select((targets, comment) =>
        (Func<string, CallStep>)(id => new Call<AssociateTargetsWithJobResponse>(new AssociateTargetsWithJob(id, targets) { Comment = comment == 0 ? "more" : null })));

    private static Gen<Step> Schedule(CreateJob job) => Gen.Select(
        Gen.OneOf<int?>(null, null, 30, 60, 90, 24 * 60),
        Gen.OneOf<int?>(null, 30, 45, 60, 120, 26 * 60),
        Gen.OneOf<JobEndBehavior?>(null, JobEndBehavior.STOP_ROLLOUT, JobEndBehavior.CANCEL, JobEndBehavior.FORCE_CANCEL, JobEndBehavior.FORCE_CANCEL),
        Window.Null(job.TargetSelection == TargetSelection.CONTINUOUS ? 0.4 : 1)).Select((starts, length, behavior, window) =>
            (Step)new CreateScheduled(job, Minutes(starts), Minutes(length + (starts ?? 0)), length is null ? null : behavior, window));

    private static Gen<MaintenanceWindow> Window => Gen.Select(Gen.OneOf(0, 30), Gen.OneOf(9, 10, 11, 12, 23), Gen.OneOf(1, 2, 3, 30, 90, 1430))
        .Select((minute, hour, duration) => new MaintenanceWindow { StartTime = $"cron({minute} {hour} * * ? *)", DurationInMinutes = duration });

    private static Gen<string[]> Targets(Fleet fleet) => Gen.Frequency(
        (2, fleet.Thing.Select(TestEngine.ThingArn)),
        (3, fleet.AnyGroup.Select(TestEngine.GroupArn))).Array[1, 3];

    private static TimeSpan? Minutes(int? minutes) => minutes is { } length ? TimeSpan.FromMinutes(length) : null;

    private static JobExecutionsRetryConfig Of(params (RetryableFailureType Type, int Count)[] criteria) => new()
    {
        CriteriaList = [.. criteria.Select(criterion => new RetryCriteria { FailureType = criterion.Type, NumberOfRetries = criterion.Count })],
    };
}
