using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Server.Demo;

/// <summary>One job after the other of a kind: firmware-1, firmware-2, ...</summary>
/// <param name="Name">Before the number in their ids.</param>
/// <param name="Group">Whom they go to.</param>
/// <param name="Pause">Between the end of one and the next.</param>
internal sealed record DemoSeries(string Name, string Group, TimeSpan Pause, Func<CreateJob, int, CreateJob> Fill);

/// <summary>The jobs of the demo: what its devices do with each stands in its document (<see cref="Simulation.DeviceBehavior"/>).</summary>
internal static class DemoJobs
{
    /// <summary>The job that waits for its window.</summary>
    public const string Night = "demo-night-agent";

    public static IReadOnlyList<DemoSeries> Series { get; } =
    [
        // Goes on for seven minutes: somebody who comes late still finds one in progress.
        new("demo-firmware", DemoFleet.Europe, TimeSpan.FromSeconds(30), (job, number) => job with
        {
            Description = $"Firmware {7 + number} for Europe, six lamps a minute",
            Document = $$$"""
                {"operation":"install","firmware":{{{7 + number}}},"url":"https://firmware.example.com/lamp-{{{7 + number}}}.bin",
                 "simulate":{"seconds":45,"failureShare":0.06,"silenceShare":0.04,"slownessShare":0.1,"duplicateShare":0.05,"reasons":["checksum mismatch","battery low"]}}
                """,
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 6 },
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 4 },
            AbortConfig = Abort(50, 20),
        }),
        new("demo-config", DemoFleet.America, TimeSpan.FromMinutes(10), (job, number) => job with
        {
            Description = "A configuration that most lamps cannot apply: the job cancels itself",
            Document = $$$"""{"operation":"configure","revision":{{{number}}},"simulate":{"seconds":6,"failureShare":0.7,"reasons":["unknown setting 'dim'"]}}""",
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 12 },
            AbortConfig = Abort(20, 5),
        }),
        new("demo-diagnostics", DemoFleet.Asia, TimeSpan.FromMinutes(10), (job, number) => job with
        {
            Description = "Self-test of all lamps in Asia",
            Document = $$$"""
                {"operation":"self-test","run":{{{number}}},
                 "simulate":{"seconds":8,"failureShare":0.5,"rejectionShare":0.05,"reasons":["sensor not calibrated","flash worn out","no network time"]}}
                """,
        }),
    ];

    /// <param name="now">Its window opens three hours later, and then daily.</param>
    public static CreateJob NightJob(JobsSettings settings, DateTimeOffset now)
    {
        var opening = now.ToUniversalTime().AddHours(3);
        return new(Night, [settings.ThingGroupArn(DemoFleet.OldFirmware)])
        {
            Description = "Brings lamps with old firmware up to date, at night",
            Document = """{"operation":"install","package":"agent","simulate":{"seconds":15}}""",
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new()
            {
                MaintenanceWindows =
                [
                    new() { StartTime = string.Create(CultureInfo.InvariantCulture, $"cron({opening.Minute} {opening.Hour} * * ? *)"), DurationInMinutes = 60 },
                ],
            },
        };
    }

    private static AbortConfig Abort(decimal percent, int atLeast) => new()
    {
        CriteriaList =
        [
            new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.FAILED, ThresholdPercentage = percent, MinNumberOfExecutedThings = atLeast },
        ],
    };
}
