using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Portal.Tests.Screenshots;

/// <summary>
/// A fleet of electricity meters in the middle of a night's work, with something of everything that a page may show: jobs that run, fail, wait,
/// are done, canceled, aborted and deleted; groups, templates, connections. Names are always the same; times end now.
/// </summary>
public static class ScreenshotFleet
{
    public const string FailingJob = "firmware-240";
    public const string AbortedJob = "firmware-239";
    public const string DoneJob = "calibrate-2026-11";
    public const string CanceledJob = "rotate-certificates";
    public const string ContinuousJob = "upload-logs";
    public const string ScheduledJob = "restart-nightly";
    public const string DeletedJob = "trial-run";
    public const string Group = "hamburg";
    public const string DynamicGroup = "old-firmware";
    public const string Template = "firmware-update";
    public const string FailedThing = "meter-hamburg-07";

    private const int OfEachCity = 24;
    private static readonly string[] Cities = ["utrecht", "hamburg", "lyon"];
    private static readonly TimeSpan Night = TimeSpan.FromHours(5);

    private static readonly string[] Reasons = ["disk full", "checksum mismatch", "disk full", "battery low"];

    public static async Task<Fleet> CreateAsync()
    {
        var clock = new LeapingClock(-Night);
        var fleet = new Fleet(clock, new() { DeletionPaused = true });
        await AddThingsAsync(fleet);
        await AddTemplatesAsync(fleet);
        await DoneJobAsync(fleet, clock);
        await AbortedJobAsync(fleet, clock);
        await CanceledJobAsync(fleet, clock);
        await ContinuousJobAsync(fleet, clock);
        await fleet.RunAsync(Job(fleet, ScheduledJob, "europe", "Restarts every meter in the quiet hour") with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new()
            {
                StartTime = clock.GetUtcNow().AddHours(8).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
                MaintenanceWindows = [new() { StartTime = "cron(0 3 * * ? *)", DurationInMinutes = 60 }],
            },
        });
        await FailingJobAsync(fleet, clock);
        await LeapAsync(fleet, clock, -Left(clock)); // Until now.
        return fleet;
    }

    public static string Meter(string city, int number) => $"meter-{city}-{number:00}";

    private static async Task AddThingsAsync(Fleet fleet)
    {
        await fleet.RunAsync(new CreateThingGroup("europe") { ThingGroupProperties = new() { ThingGroupDescription = "All meters in Europe" } });
        foreach (var city in Cities)
        {
            await fleet.RunAsync(new CreateThingGroup(city) { ParentGroupName = "europe" });
            foreach (var number in Enumerable.Range(1, OfEachCity))
            {
                var attributes = new Dictionary<string, string> { ["city"] = city, ["firmware"] = number % 3 == 0 ? "2.3.9" : "1.8.2" };
                await fleet.RunAsync(new CreateThing(Meter(city, number)) { AttributePayload = new() { Attributes = attributes } });
                await fleet.RunAsync(new AddThingToThingGroup { ThingGroupName = city, ThingName = Meter(city, number) });
            }
        }
        await fleet.RunAsync(new CreateDynamicThingGroup(DynamicGroup, "attributes.firmware:1.*"));
        await fleet.RunAsync(new CreateDynamicThingGroup("offline-lyon", "attributes.city:lyon AND connectivity.connected:false"));
        var now = fleet.Clock.GetUtcNow();
        await fleet.Engine.Broker.KeepConnectivityAsync(
            [.. Meters().Select((meter, i) => new ConnectivityChange(meter, true, now.AddSeconds(-i), meter))]);
        await fleet.Engine.Broker.KeepConnectivityAsync(
            [.. Meters().Where((_, i) => i % 9 == 4).Select((meter, i) => new ConnectivityChange(
                meter, false, now.AddMinutes(i + 1), meter, i % 2 == 0 ? DisconnectReason.MQTT_KEEP_ALIVE_TIMEOUT : DisconnectReason.CONNECTION_LOST))]);
    }

    private static async Task AddTemplatesAsync(Fleet fleet)
    {
        await fleet.RunAsync(new CreateJobTemplate(Template, "Installs a firmware, carefully: ten meters a minute, stops when a fifth of them fails")
        {
            Document = """{"operation":"install","package":"firmware","version":"2.4.0"}""",
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 10 },
            AbortConfig = Abort(JobExecutionFailureType.FAILED, 20, 10),
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 },
        });
        await fleet.RunAsync(new CreateJobTemplate("restart", "Restarts a meter") { Document = """{"operation":"restart"}""" });
    }

    private static async Task DoneJobAsync(Fleet fleet, LeapingClock clock)
    {
        await StartAsync(fleet, Job(fleet, DoneJob, "lyon", "Calibration of November"));
        await LeapAsync(fleet, clock, TimeSpan.FromMinutes(12));
        foreach (var number in Enumerable.Range(1, OfEachCity))
        {
            await fleet.ReportAsync(DoneJob, Meter("lyon", number), JobExecutionStatus.SUCCEEDED, new Dictionary<string, string> { ["offset"] = $"0.0{number % 7}" });
        }
        await StartAsync(fleet, Job(fleet, DeletedJob, "lyon", null));
        await fleet.RunAsync(new DeleteJob(DeletedJob) { Force = true });
    }

    private static async Task AbortedJobAsync(Fleet fleet, LeapingClock clock)
    {
        await StartAsync(fleet, Job(fleet, AbortedJob, "hamburg", "Firmware 2.3.9, second try") with { AbortConfig = Abort(JobExecutionFailureType.ALL, 25, 8) });
        await LeapAsync(fleet, clock, TimeSpan.FromMinutes(20));
        foreach (var number in Enumerable.Range(1, 8))
        {
            await ReportAsync(fleet, AbortedJob, Meter("hamburg", number), number % 3 == 0 ? Reasons[number % 4] : null);
        }
    }

    private static async Task CanceledJobAsync(Fleet fleet, LeapingClock clock)
    {
        await LeapAsync(fleet, clock, TimeSpan.FromMinutes(30));
        await StartAsync(fleet, Job(fleet, CanceledJob, "hamburg", "New client certificates"));
        foreach (var number in Enumerable.Range(1, 9))
        {
            await ReportAsync(fleet, CanceledJob, Meter("hamburg", number), null);
        }
        await fleet.ReportAsync(CanceledJob, Meter("hamburg", 10), JobExecutionStatus.IN_PROGRESS);
        await fleet.RunAsync(new CancelJob(CanceledJob) { ReasonCode = "WRONG_AUTHORITY", Comment = "Signed by the old authority; comes again tomorrow" });
    }

    private static async Task ContinuousJobAsync(Fleet fleet, LeapingClock clock)
    {
        await StartAsync(fleet, Job(fleet, ContinuousJob, "europe", "Logs of whoever joins") with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 240 },
        });
        await LeapAsync(fleet, clock, TimeSpan.FromMinutes(45));
        foreach (var (meter, i) in Meters().Select((meter, i) => (meter, i)))
        {
            if (i % 8 == 5)
            {
                await fleet.ReportAsync(ContinuousJob, meter, JobExecutionStatus.IN_PROGRESS, new Dictionary<string, string> { ["sent"] = $"{i} MB" });
            }
            else if (i % 8 != 6)
            {
                await ReportAsync(fleet, ContinuousJob, meter, null);
            }
        }
    }

    /// <summary>Near its abort, with every kind of failure, some devices silent.</summary>
    private static async Task FailingJobAsync(Fleet fleet, LeapingClock clock)
    {
        await LeapAsync(fleet, clock, -Left(clock) - TimeSpan.FromMinutes(40));
        await StartAsync(fleet, Job(fleet, FailingJob, "europe", "Firmware 2.4.0 for all meters in Europe") with
        {
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 2 },
            AbortConfig = Abort(JobExecutionFailureType.FAILED, 18, 10),
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.TIMED_OUT, NumberOfRetries = 2 }] },
        });
        await LeapAsync(fleet, clock, TimeSpan.FromMinutes(24));
        var told = (await fleet.Engine.ReadExecutionsAsync(FailingJob, null, 100)).Executions.Select(execution => execution.ThingName).ToList();
        foreach (var (i, meter) in told.Index())
        {
            await fleet.ReportAsync(FailingJob, meter, JobExecutionStatus.IN_PROGRESS, new Dictionary<string, string> { ["step"] = "download", ["progress"] = $"{20 + i} %" });
        }
        foreach (var (i, meter) in told.Index().Where(told => told.Index % 6 != 5))
        {
            if (i % 8 == 0)
            {
                await LeapAsync(fleet, clock, TimeSpan.FromMinutes(2));
            }
            await ReportAsync(fleet, FailingJob, meter, i % 7 == 6 ? Reasons[i / 7 % 4] : null);
        }
    }

    private static Task ReportAsync(Fleet fleet, string jobId, string meter, string? failure) => failure is null
        ? fleet.ReportAsync(jobId, meter, JobExecutionStatus.SUCCEEDED)
        : fleet.ReportAsync(jobId, meter, JobExecutionStatus.FAILED, new Dictionary<string, string> { ["reason"] = failure, ["step"] = "install" });

    private static CreateJob Job(Fleet fleet, string jobId, string group, string? description) =>
        new(jobId, [fleet.Engine.Settings.ThingGroupArn(group)])
        {
            Description = description,
            Document = $$"""{"operation":"{{jobId}}","url":"https://updates.example.com/{{jobId}}.bin","retries":3}""",
        };

    private static AbortConfig Abort(JobExecutionFailureType failure, decimal percentage, int least) => new()
    {
        CriteriaList = [new() { FailureType = failure, Action = AbortAction.CANCEL, ThresholdPercentage = percentage, MinNumberOfExecutedThings = least }],
    };

    private static async Task StartAsync(Fleet fleet, CreateJob job)
    {
        await fleet.RunAsync(job);
        await fleet.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
    }

    private static async Task LeapAsync(Fleet fleet, LeapingClock clock, TimeSpan span)
    {
        clock.Leap(span);
        await fleet.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>How far the clock is from now; negative.</summary>
    private static TimeSpan Left(LeapingClock clock) => clock.GetUtcNow() - TimeProvider.System.GetUtcNow();

    private static IEnumerable<string> Meters() => Cities.SelectMany(city => Enumerable.Range(1, OfEachCity).Select(number => Meter(city, number)));
}
