using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Records to store: small ones by their keys, and one of each kind with every field set.</summary>
internal static partial class Records
{
    public const string AnyText = "größer — 更新 🚀 \"quoted\"\n\ttab \0 zero";

    public static DateTimeOffset Time { get; } = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    public static Job Job(long sequence, string? jobId = null) => new()
    {
        Sequence = sequence,
        JobId = jobId ?? $"job-{sequence}",
        Targets = [],
        CreatedAt = Time,
        LastUpdatedAt = Time,
        StartedAt = Time,
    };

    public static Job FullJob(long sequence) => Job(sequence) with
    {
        Targets =
        [
            .. Enumerable.Range(0, 100).Select(i => new JobTarget(
                $"arn:aws:iot:us-east-1:123456789012:thing/thing-{i}", i % 2 == 0 ? TargetKind.Thing : TargetKind.ThingGroup, $"thing-{i}", i) { AssociatedSequence = 3 * i }),
        ],
        LastUpdatedAt = Time.AddSeconds(1),
        CompletedAt = Time.AddSeconds(2),
        TargetSelection = TargetSelection.CONTINUOUS,
        Status = JobStatus.CANCELED,
        ForceCanceled = false,
        ReasonCode = "REASON",
        Comment = AnyText,
        Description = AnyText,
        DocumentSource = "https://s3.amazonaws.com/bucket/key",
        PresignedUrlConfig = new() { RoleArn = "arn:aws:iam::123456789012:role/reader", ExpiresInSec = 600 },
        JobExecutionsRolloutConfig = new()
        {
            MaximumPerMinute = 900,
            ExponentialRate = new()
            {
                BaseRatePerMinute = 50,
                IncrementFactor = 1.5m,
                MaximumPerMinute = 800,
                RateIncreaseCriteria = new() { NumberOfNotifiedThings = 10, NumberOfSucceededThings = 20 },
            },
        },
        AbortConfig = new()
        {
            CriteriaList =
            [
                new()
                {
                    FailureType = JobExecutionFailureType.TIMED_OUT,
                    Action = AbortAction.CANCEL,
                    ThresholdPercentage = 33.33m,
                    MinNumberOfExecutedThings = 7,
                },
                new() { FailureType = JobExecutionFailureType.ALL },
            ],
        },
        TimeoutConfig = new() { InProgressTimeoutInMinutes = 10080 },
        JobExecutionsRetryConfig = new()
        {
            CriteriaList = [new() { FailureType = RetryableFailureType.TIMED_OUT, NumberOfRetries = 3 }, new()],
        },
        SchedulingConfig = new()
        {
            StartTime = "2026-12-01T10:00",
            EndTime = "2027-12-01T10:00Z",
            EndBehavior = JobEndBehavior.FORCE_CANCEL,
            MaintenanceWindows = [new() { StartTime = "cron(0 10 ? * MON-FRI *)", DurationInMinutes = 1430 }, new()],
        },
        StartedAt = Time.AddSeconds(3),
        PurgedAt = Time.AddDays(90),
        NamespaceId = "namespace",
        DestinationPackageVersions = ["arn:one", "arn:two"],
        JobTemplateArn = "arn:aws:iot:us-east-1::jobtemplate/AWS-Run-Command:1.0",
        DocumentParameters = new Dictionary<string, string> { ["command"] = AnyText, ["Command"] = "2" },
        Tags = [new() { Key = "Key", Value = AnyText }, new() { Key = "key" }],
        RestartOf = "earlier",
        Controls = new()
        {
            MaxInFlight = 1_000_000,
            PauseCriteriaList = [new() { FailureType = JobExecutionFailureType.REJECTED, ThresholdPercentage = 12.5m, MinNumberOfExecutedThings = 3 }, new()],
            Stages = [new(1) { SuccessPercentage = 99.99m }, new(int.MaxValue)],
            VerificationInMinutes = 10_080,
            Priority = -1_000,
            DependsOn = [new("first", long.MaxValue), new("second", 2)],
            DependencyScope = DependencyScope.THING,
        },
        SnapshotSequence = 17,
    };

    public static JobProgress FullProgress(long jobSequence) => new(jobSequence)
    {
        Counts = new(1, 2, 3, 4, 5, 6, 7, long.MaxValue),
        Rollout = new(Time, long.MaxValue, 11, 12, 13, "thing:a_b-1") { IsLooking = true, IsPaused = true, GoesRoundAgain = true, HasBeenRound = true, Hold = RolloutHold.STAGE, LooksAgainAt = Time.AddSeconds(10), WentOnAt = Time.AddSeconds(11) },
        WaitsFor = [3, long.MaxValue],
        LostDependency = "first",
        CountedFrom = new(8, 7, 6, 5, 4, 3, 2, 1),
        StagesPassed = 17,
        Fresh = [new(Time.AddMinutes(1), 18), new(Time.AddMinutes(2), long.MaxValue)],
        PostponedAfter = "thing:a_b-2",
        Sweep = new(SweepKind.Delete, Time.AddSeconds(5), AnyText, true, new(jobSequence, Time, "thing", 2, 99))
        {
            Origin = ChangeOrigin.Abort,
        },
        ScheduleAt = Time.AddSeconds(6),
        IsOpen = false,
        Pause = new(Time.AddSeconds(8), "alice", AnyText),
        Approval = new(Time.AddSeconds(9), "bob", Time.AddDays(7)),
        IsPastEnd = true,
        Postponed = 14,
        PostponedAt = Time.AddSeconds(7),
        RolledOut = new(15, 16),
        Failures = FailureCounts.None with { ByReason = FailureCounts.None.ByReason.Add(AnyText, 3).Add("disk full", 4), Others = 5 },
    };

    public static JobExecution Execution(
        long sequence, long job = 1, string thing = "thing", long thingSequence = 100, long number = 1, DateTimeOffset? queuedAt = null,
        string? jobId = null) => new()
    {
        Sequence = sequence,
        JobSequence = job,
        JobId = jobId ?? $"job-{job}",
        ThingSequence = thingSequence,
        ThingName = thing,
        Number = number,
        QueuedAt = queuedAt ?? Time,
        LastUpdatedAt = queuedAt ?? Time,
        History = [new(queuedAt ?? Time, null, JobExecutionStatus.QUEUED, 1, ChangeOrigin.Rollout, "system")],
    };

    public static JobExecution Running(JobExecution execution, DateTimeOffset? deadline, DateTimeOffset? step = null) => execution with
    {
        Status = JobExecutionStatus.IN_PROGRESS,
        InProgressDeadline = deadline,
        StepDeadline = step,
    };

    public static JobExecution FullExecution(long sequence) => Execution(sequence, number: 4) with
    {
        JobId = new string('j', 64),
        ThingName = new string('t', 128),
        LastUpdatedAt = Time.AddMinutes(3),
        StartedAt = Time.AddMinutes(1),
        Status = JobExecutionStatus.IN_PROGRESS,
        VersionNumber = 5,
        StatusDetails = new Dictionary<string, string> { ["step"] = AnyText, ["Step"] = "2", ["empty"] = "" },
        ForceCanceled = true,
        Priority = 1_000,
        RetryAttempt = 3,
        RetriesUsed = new(2, 1),
        InProgressDeadline = Time.AddMinutes(61),
        StepDeadline = Time.AddMinutes(31),
        History =
        [
            new(Time, null, JobExecutionStatus.QUEUED, 1, ChangeOrigin.Retry, "system"),
            new(Time.AddMinutes(1), JobExecutionStatus.QUEUED, JobExecutionStatus.IN_PROGRESS, 2, ChangeOrigin.Device, AnyText)
            {
                Details = new Dictionary<string, string> { ["step"] = "0", ["Step"] = AnyText },
            },
            .. Enumerable.Range(0, 50).Select(i => new ExecutionChange(
                Time.AddMinutes(i), JobExecutionStatus.REMOVED, JobExecutionStatus.CANCELED, i, ChangeOrigin.ThingDeleted, new('b', i))),
        ],
    };

    public static Thing Thing(string name, long sequence = 100) => new() { Sequence = sequence, Name = name };

    public static Thing FullThing(string name, long sequence = 100) => Thing(name, sequence) with
    {
        ThingTypeName = "Type",
        BillingGroupName = "Billing",
        Attributes = Engine.Things.Thing.NoAttributes.Add("site", AnyText).Add("Site", "2").Add("a", ""),
        Version = 9,
        Groups = [3, 1, 2],
    };

    public static ThingGroup FullGroup(long sequence) => new()
    {
        Sequence = sequence,
        Name = $"group-{sequence}",
        CreatedAt = Time,
        ParentSequence = 1,
        Description = AnyText,
        Attributes = Engine.Things.Thing.NoAttributes.Add("k", AnyText),
        Tags = [new() { Key = "k", Value = "v" }],
        Version = 3,
        DeletedAt = Time.AddDays(1),
        DeletedSequence = 77,
        QueryString = AnyText,
        Status = ThingGroupStatus.REBUILDING,
        BuildingSince = Time.AddDays(2),
        BuiltUpTo = "thing",
    };

    public static JobTemplate Template(long sequence, string? templateId = null) => new()
    {
        Sequence = sequence,
        TemplateId = templateId ?? $"template-{sequence}",
        CreatedAt = Time,
        Description = "d",
        Document = "{}",
    };

    public static JobTemplate FullTemplate(long sequence)
    {
        var job = FullJob(sequence);
        return Template(sequence) with
        {
            Description = AnyText,
            Document = string.Concat(Enumerable.Repeat(AnyText, 1 + 32768 / AnyText.Length))[..32768],
            DocumentSource = job.DocumentSource,
            PresignedUrlConfig = job.PresignedUrlConfig,
            JobExecutionsRolloutConfig = job.JobExecutionsRolloutConfig,
            AbortConfig = job.AbortConfig,
            TimeoutConfig = job.TimeoutConfig,
            JobExecutionsRetryConfig = job.JobExecutionsRetryConfig,
            MaintenanceWindows = [new() { StartTime = "cron(0 18 ? * MON-FRI *)", DurationInMinutes = 1430 }, new()],
            DestinationPackageVersions = job.DestinationPackageVersions,
            Tags = job.Tags,
        };
    }

    public static JobHistoryRecord FullHistory(long job, long sequence) => new(
        job, sequence, Time, AnyText, "canceled", JobStatus.SCHEDULED, JobStatus.DELETION_IN_PROGRESS, AnyText, "thing", 12);
}

internal static class ChangesOf
{
    public static JobsChanges Nothing => new();

    public static JobsChanges Put(this JobsChanges changes, JobExecution after, JobExecution? before = null)
    {
        changes.Executions[after.Key] = new(before, after);
        return changes;
    }

    public static JobsChanges Drop(this JobsChanges changes, JobExecution before)
    {
        changes.Executions[before.Key] = new(before, null);
        return changes;
    }

    public static JobsChanges Put(this JobsChanges changes, Job after, Job? before = null)
    {
        changes.Jobs[after.Sequence] = new(before, after);
        return changes;
    }

    public static JobsChanges Drop(this JobsChanges changes, Job before)
    {
        changes.Jobs[before.Sequence] = new(before, null);
        return changes;
    }

    public static JobsChanges Put(this JobsChanges changes, JobProgress after, JobProgress? before = null)
    {
        changes.Progress[after.JobSequence] = new(before, after);
        return changes;
    }

    public static JobsChanges Put(this JobsChanges changes, Thing after, Thing? before = null)
    {
        changes.Things[after.Name] = new(before, after);
        return changes;
    }

    public static JobsChanges Put(this JobsChanges changes, ThingGroup after, ThingGroup? before = null)
    {
        changes.Groups[after.Sequence] = new(before, after);
        return changes;
    }

    public static JobsChanges Put(this JobsChanges changes, JobTemplate after, JobTemplate? before = null)
    {
        changes.Templates[after.Sequence] = new(before, after);
        return changes;
    }

    public static JobsChanges Drop(this JobsChanges changes, JobTemplate before)
    {
        changes.Templates[before.Sequence] = new(before, null);
        return changes;
    }

    public static JobsChanges Put(this JobsChanges changes, GroupMember member)
    {
        changes.Members[(member.GroupSequence, member.ThingName)] = member;
        return changes;
    }

    public static JobsChanges Put(this JobsChanges changes, SnapshotLeaver leaver)
    {
        changes.Leavers[(leaver.JobSequence, leaver.Target, leaver.ThingName)] = leaver;
        return changes;
    }
}
