using System.Globalization;
using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Simulation;

/// <summary>One report of a device.</summary>
/// <param name="After">How long after the one before, or after the begin.</param>
/// <param name="IsTwice">Sent a second time when it is answered.</param>
/// <param name="IsStale">Before it, one with a version that is past.</param>
public sealed record DeviceReport(
    TimeSpan After, JobExecutionStatus Status, IReadOnlyDictionary<string, string> Details, bool IsTwice, bool IsStale);

/// <summary>All that a simulated device will report of one execution; a plan whose last report is of progress falls silent after it.</summary>
public sealed record DevicePlan(IReadOnlyList<DeviceReport> Reports)
{
    private const double Slower = 10;

    public bool FallsSilent => Reports is [] or [.., { Status: JobExecutionStatus.IN_PROGRESS }];

    /// <summary>The same for the same arguments, always.</summary>
    public static DevicePlan Of(int seed, DeviceBehavior behavior, string jobId, string thingName, long executionNumber)
    {
        ArgumentNullException.ThrowIfNull(behavior);
        var dice = new Dice(seed, jobId, thingName, executionNumber.ToString(CultureInfo.InvariantCulture));
        // Rolled in one order whatever the shares are: a behavior that is changed in one thing stays as it was in the others.
        var (fate, slow, length, reason, end) = (dice.Roll(), dice.Falls(behavior.SlownessShare), dice.Roll(), dice.Choose(behavior.Reasons), dice.Roll());
        var step = TimeSpan.FromSeconds(behavior.Seconds * (0.5 + length) * (slow ? Slower : 1) / (behavior.Steps + 1));

        var isRejected = fate < behavior.RejectionShare;
        var hasFailed = !isRejected && fate < behavior.RejectionShare + behavior.FailureShare;
        var isSilent = !isRejected && !hasFailed && fate < behavior.RejectionShare + behavior.FailureShare + behavior.SilenceShare;
        var steps = isRejected ? 0 : hasFailed || isSilent ? (int)(end * (behavior.Steps + 1)) : behavior.Steps;

        DeviceReport Report(TimeSpan after, JobExecutionStatus status, params ReadOnlySpan<(string, string)> details)
        {
            var map = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in details)
            {
                map[name] = value;
            }
            return new(after, status, map, dice.Falls(behavior.DuplicateShare), dice.Falls(behavior.StaleShare));
        }

        var reports = Enumerable.Range(1, steps).Select(i => Report(
            step, JobExecutionStatus.IN_PROGRESS, ("step", $"{i} of {behavior.Steps}"), ("progress", $"{100 * i / (behavior.Steps + 1)} %"))).ToList();
        if (!isSilent)
        {
            reports.Add(isRejected ? Report(step, JobExecutionStatus.REJECTED, ("reason", "not now"))
                : hasFailed ? Report(step, JobExecutionStatus.FAILED, ("reason", reason))
                : Report(step, JobExecutionStatus.SUCCEEDED, ("progress", "100 %")));
        }
        return new(reports);
    }
}
