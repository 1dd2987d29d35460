using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using IoTJobsToolkit.Engine.Work;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>Who heeds only what he is told knows in the end what is so, also where calls, sweeps and windows come at once.</summary>
public sealed class AgreementTests : IDisposable
{
    private static readonly string[] Things = ["a", "b", "c"];
    private static readonly string?[] Namespaces = [null, "x"];

    private readonly TestEngine _t = new(new() { SliceSize = 1 }, new() { Audience = new Ears() });
    private readonly JobsSubscription _feed;
    private readonly Listener _listener = new();
    private readonly List<string> _log = [];

    public AgreementTests() => _feed = _t.Engine.Subscribe(100_000);

    public void Dispose()
    {
        _feed.Dispose();
        _t.Dispose();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whoever_heeds_the_messages_knows_what_he_would_be_told_if_he_asked(int seed)
    {
        var chance = new Random(seed);
        await _t.Things(Things);
        await _t.Run(new CreateThingGroup("g"));
        foreach (var thing in Things)
        {
            await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = thing });
        }
        for (var round = 0; round < 40; round++)
        {
            var calls = Enumerable.Range(0, chance.Next(1, 8)).Select(_ => Try(Call(chance))).ToList();
            await Task.WhenAll(calls);
            if (chance.Next(3) == 0)
            {
                _t.Clock.Advance(TimeSpan.FromSeconds(chance.Next(4) switch { 0 => 1, 1 => 30, 2 => 61, _ => 200 }));
                _log.Add($"time passes to {_t.Clock.GetUtcNow():HH:mm:ss}");
            }
            if (chance.Next(2) == 0)
            {
                await Agree();
            }
        }
        await Agree();
    }

    private async Task Agree()
    {
        await _t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        while (_feed.Batches.TryRead(out var batch))
        {
            Assert.False(batch.Missed);
            _log.AddRange(batch.Events.Select(e => $"    {e}"));
            _listener.Take(batch);
        }
        foreach (var thing in (await _t.Run(new ListThings())).Things.Select(thing => thing.ThingName))
        {
            foreach (var name in Namespaces)
            {
                var (truth, told) = (await Listener.Truth(_t.Operator, thing, name), _listener.Of(thing, name));
                Assert.True(truth == told, $"true: {truth}{Environment.NewLine}told: {told}{Environment.NewLine}{string.Join(Environment.NewLine, _log.TakeLast(60))}");
            }
        }
    }

    private static async Task Try(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (JobsException refusal) when (refusal.Error != JobsError.InternalFailure)
        {
        }
    }

    private Func<Task> Call(Random chance)
    {
        var job = $"j{chance.Next(4)}";
        var thing = Things[chance.Next(Things.Length)];
        var name = job == "j3" ? "x" : null;
        var force = chance.Next(2) == 0;
        var status = new[] { IN_PROGRESS, IN_PROGRESS, SUCCEEDED, FAILED, REJECTED }[chance.Next(5)];
        Operation operation = chance.Next(16) switch
        {
            0 or 1 => Create(chance, job) with { NamespaceId = name },
            2 or 3 or 4 or 5 => new UpdateJobExecution(job, thing) { Status = status, NamespaceId = name, StepTimeoutInMinutes = force && status == IN_PROGRESS ? 1 : null },
            6 or 7 => new StartNextPendingJobExecution(thing) { NamespaceId = chance.Next(4) == 0 ? "x" : null },
            8 => new CancelJob(job) { Force = force },
            9 => new DeleteJob(job) { Force = force },
            10 => new CancelJobExecution(job, thing) { Force = force },
            11 => new DeleteJobExecution(job, thing) { Force = force },
            12 => new AddThingToThingGroup { ThingGroupName = "g", ThingName = thing },
            13 => new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = thing },
            14 when force => new DeleteThing(thing),
            _ => new CreateThing(thing),
        };
        _log.Add($"call {operation}");
        return () => operation switch
        {
            CreateJob create => _t.Run(create),
            UpdateJobExecution update => _t.Run(update),
            StartNextPendingJobExecution start => _t.Run(start),
            CancelJob cancel => _t.Run(cancel),
            DeleteJob delete => _t.Run(delete),
            CancelJobExecution cancel => _t.Run(cancel),
            DeleteJobExecution delete => _t.Run(delete),
            AddThingToThingGroup add => _t.Run(add),
            RemoveThingFromThingGroup remove => _t.Run(remove),
            DeleteThing delete => _t.Run(delete),
            CreateThing create => _t.Run(create),
            _ => throw new InvalidOperationException(operation.Name),
        };
    }

    /// <summary>Every other one runs in windows of one minute, each second minute.</summary>
    private static CreateJob Create(Random chance, string jobId) => new(jobId, [TestEngine.GroupArn("g")])
    {
        Document = "{}",
        TargetSelection = TargetSelection.CONTINUOUS,
        JobExecutionsRetryConfig = chance.Next(2) == 0 ? null : new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 2 }] },
        SchedulingConfig = chance.Next(2) == 0 ? null : new() { MaintenanceWindows = [new() { StartTime = "cron(*/2 * * * ? *)", DurationInMinutes = 1 }] },
    };
}
