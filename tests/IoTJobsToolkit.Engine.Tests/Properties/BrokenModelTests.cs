using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Tests.Properties.Model;
using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties;

/// <summary>The comparison can fail: models with one wrong rule are told from the engine.</summary>
public sealed class BrokenModelTests
{
    private const int Programs = 400;

    public static TheoryData<string> Breaks => [.. Broken.Keys];

    private static Dictionary<string, Func<DateTimeOffset, JobsModel>> Broken { get; } = new()
    {
        ["one execution too many in each window"] = now => new RateOffByOne(now),
        ["counters keep deleted executions"] = now => new DeletedStillCounted(now),
        ["rejections are retried"] = now => new RejectedIsRetried(now),
        ["abort only above the threshold"] = now => new AbortAboveThreshold(now),
        ["canceled executions count as completed"] = now => new CanceledCountsForAbort(now),
        ["retries go on after endTime"] = now => new RetriesAfterEnd(now),
        ["a step timer restarts with every report"] = now => new StepTimerRestarts(now),
        ["an association gives nothing to who had an execution"] = now => new OncePerThing(now),
        ["an association gives another to who has one pending"] = now => new PendingGetTwo(now),
        ["a move is a leave and a join"] = now => new MoveInTwoSteps(now),
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_wrong_rule_is_found(string rule)
    {
        var property = Property.Default with { Model = Broken[rule] };
        Assert.NotNull(await property.FindFailureAsync(Programs, TestContext.Current.CancellationToken));
    }

    private sealed class RateOffByOne(DateTimeOffset now) : JobsModel(now)
    {
        protected override int Rate(ModelJob job) => base.Rate(job) + 1;
    }

    private sealed class DeletedStillCounted(DateTimeOffset now) : JobsModel(now)
    {
        private readonly List<(ModelJob Job, JobExecutionStatus Status)> _deleted = [];

        public override int Counter(ModelJob job, JobExecutionStatus status) => base.Counter(job, status) + _deleted.Count(one => one == (job, status));

        protected override void Delete(ModelExecution execution)
        {
            _deleted.Add((execution.Job, execution.Status));
            base.Delete(execution);
        }
    }

    private sealed class RejectedIsRetried(DateTimeOffset now) : JobsModel(now)
    {
        protected override bool MayRetry(ModelJob job, ModelExecution failed) => base.MayRetry(job, failed) ||
            (failed.Status == JobExecutionStatus.REJECTED && job.IsActive && job.Config.JobExecutionsRetryConfig is not null);
    }

    private sealed class AbortAboveThreshold(DateTimeOffset now) : JobsModel(now)
    {
        protected override bool IsThresholdMet(decimal failed, decimal threshold) => failed > threshold;
    }

    private sealed class CanceledCountsForAbort(DateTimeOffset now) : JobsModel(now)
    {
        protected override int CompletedForAbort(ModelJob job) => base.CompletedForAbort(job) + job.Count(JobExecutionStatus.CANCELED);
    }

    private sealed class RetriesAfterEnd(DateTimeOffset now) : JobsModel(now)
    {
        protected override bool IsPastEnd(ModelJob job) => false;
    }

    private sealed class OncePerThing(DateTimeOffset now) : JobsModel(now)
    {
        protected override bool IsOwed(ModelJob job, Place place) => !job.Newest.ContainsKey(place.Thing);
    }

    private sealed class PendingGetTwo(DateTimeOffset now) : JobsModel(now)
    {
        protected override bool IsOwed(ModelJob job, Place place) => job.Newest.GetValueOrDefault(place.Thing) <= job.Targets[place.Target].Since;
    }

    private sealed class MoveInTwoSteps(DateTimeOffset now) : JobsModel(now)
    {
        protected override void ChangeGroups(ModelThing thing, List<ModelGroup> toAdd, List<ModelGroup> toRemove)
        {
            base.ChangeGroups(thing, [], toRemove);
            base.ChangeGroups(thing, toAdd, []);
        }
    }

    private sealed class StepTimerRestarts(DateTimeOffset now) : JobsModel(now)
    {
        private readonly Dictionary<ModelExecution, long> _minutes = [];

        protected override void SetStep(ModelExecution execution, long? minutes)
        {
            minutes ??= _minutes.TryGetValue(execution, out var before) ? before : null;
            if (minutes is { } given)
            {
                _minutes[execution] = given;
            }
            base.SetStep(execution, minutes);
        }
    }
}
