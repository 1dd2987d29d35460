using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Leaps;

/// <summary>
/// Whether time passes in little steps or in one leap, and wherever a restart cuts in: the same state, the same history, the same events (DESIGN 4).
/// </summary>
public sealed class LeapTests
{
    private const double Hour = 3600;
    private const double Day = 24 * Hour;

    private static readonly Dictionary<string, Func<Script>> Scripts = new()
    {
        ["exponential rollout"] = () => new Script(Hour)
            .At(0, t => t.Group("g", 200))
            .At(1, t => t.Create("j", GroupArn("g"), job => job with
            {
                JobExecutionsRolloutConfig = new()
                {
                    MaximumPerMinute = 100,
                    ExponentialRate = new() { BaseRatePerMinute = 10, IncrementFactor = 1.5m, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 20 } },
                },
            }))
            .At(200, t => t.Run(new UpdateJob("j") { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 3 } })),
        ["timers, retries and an abort"] = () => new Script(2 * Day)
            .At(0, t => t.Group("g", 12))
            .At(0, t => t.Create("j", GroupArn("g"), job => job with
            {
                TimeoutConfig = new() { InProgressTimeoutInMinutes = 30 },
                JobExecutionsRetryConfig = Retries(RetryableFailureType.TIMED_OUT, 2),
                AbortConfig = new()
                {
                    CriteriaList = [new() { FailureType = JobExecutionFailureType.TIMED_OUT, Action = AbortAction.CANCEL, ThresholdPercentage = 60, MinNumberOfExecutedThings = 9 }],
                },
                JobExecutionsRolloutConfig = new() { MaximumPerMinute = 2 },
            }))
            .At(61, t => Start(t, 0, 1, 2, 3))
            .At(400, t => Start(t, 4, 5, 6, 7, 8, 9, 10, 11))
            .At(Hour, t => Start(t, 0, 1, 2, 3)),
        ["maintenance windows"] = () => new Script(7 * Day)
            .At(0, t => t.Group("g", 30))
            .At(0, t => t.Create("j", GroupArn("g"), job => Windowed(job, end: null)))
            .At(2 * Hour, t => Start(t, 0, 1, 2))
            .At(Day, t => t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = Member("g", 1) }))
            .At(Day + 13 * Hour, async t =>
            {
                await t.Things("late");
                await t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "late" });
                await t.Run(new DeleteThing(Member("g", 29)));
            }),
        ["windows with an end"] = () => new Script(7 * Day)
            .At(0, t => t.Group("g", 30))
            .At(0, t => t.Create("stop", GroupArn("g"), job => Windowed(job, JobEndBehavior.STOP_ROLLOUT)))
            .At(0, t => t.Create("cancel", GroupArn("g"), job => Windowed(job, JobEndBehavior.CANCEL)))
            .At(0, t => t.Create("force", GroupArn("g"), job => Windowed(job, JobEndBehavior.FORCE_CANCEL)))
            .At(2 * Hour, t => Start(t, 0, 1, 2, 0, 1, 2))
            .At(3 * Day, t => Start(t, 0)),
        ["start, end and a group that changes"] = () => new Script(Day)
            .At(0, t => t.Group("g", 20))
            .At(0, t => t.Create("j", GroupArn("g"), job => job with
            {
                JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
                SchedulingConfig = new() { StartTime = "2026-12-01T11:00", EndTime = "2026-12-01T11:30", EndBehavior = JobEndBehavior.CANCEL },
            }))
            .At(Hour - 1, t => t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = Member("g", 3) }))
            .At(Hour + 100, t => t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = Member("g", 4) }))
            .At(Hour + 200, t => t.Run(new DeleteThingGroup("g")))
            .At(Hour + 300, t => Start(t, 0, 1)),
        ["a canceled and a deleted job"] = () => new Script(Hour)
            .At(0, t => t.Group("g", 40))
            .At(0, t => t.Create("c", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 10 }, TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } }))
            .At(0, t => t.Create("d", GroupArn("g")))
            .At(30, t => Start(t, 0, 1, 2, 3))
            .At(121, t => t.Run(new CancelJob("c") { ReasonCode = "BAD" }))
            .At(200, t => t.Run(new DeleteJob("d") { Force = true })),
        ["retention"] = () => new Script(101 * Day)
            .At(0, t => t.Group("g", 20))
            .At(0, t => t.Create("j", GroupArn("g")))
            .At(10, t => t.Run(new CancelJob("j")))
            .At(Day, t => t.Create("k", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } })),
    };

    public static TheoryData<string, bool, bool> Variants
    {
        get
        {
            var variants = new TheoryData<string, bool, bool>();
            foreach (var name in Scripts.Keys)
            {
                variants.Add(name, true, false);
                variants.Add(name, true, true);
                variants.Add(name, false, true);
            }
            return variants;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task A_leap_or_a_restart_leaves_and_tells_the_same(string script, bool leaps, bool restarts)
    {
        var steps = await Scripts[script]().Run(leaps: false, restarts: false);
        Assert.True(steps.Count > 20, "the script does too little to prove anything");
        Assert.Equal(steps, await Scripts[script]().Run(leaps, restarts));
    }

    private static async Task Start(TestEngine t, params int[] members)
    {
        foreach (var member in members)
        {
            await t.StartNext(Member("g", member));
        }
    }

    private static JobExecutionsRetryConfig Retries(RetryableFailureType type, int count) =>
        new() { CriteriaList = [new() { FailureType = type, NumberOfRetries = count }] };

    /// <summary>Every day at 11:00 for ten minutes; with an end three days and two hours after T0.</summary>
    private static CreateJob Windowed(CreateJob job, JobEndBehavior? end) => job with
    {
        TargetSelection = TargetSelection.CONTINUOUS,
        TimeoutConfig = new() { InProgressTimeoutInMinutes = 90 },
        JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
        JobExecutionsRetryConfig = Retries(RetryableFailureType.ALL, 3),
        SchedulingConfig = new()
        {
            EndTime = end is null ? null : "2026-12-04T12:00",
            EndBehavior = end,
            MaintenanceWindows = [new() { StartTime = "cron(0 11 * * ? *)", DurationInMinutes = 10 }],
        },
    };
}
