using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Simulation.Tests;

public sealed class DevicePlanTests
{
    private static readonly DeviceBehavior Mixed = new()
    {
        FailureShare = 0.3, RejectionShare = 0.1, SilenceShare = 0.2, SlownessShare = 0.25, DuplicateShare = 0.15, StaleShare = 0.05,
        Reasons = ["battery low", "no space", "checksum mismatch"], Seconds = 8, Steps = 4,
    };

    [Fact]
    public void A_seed_decides_everything()
    {
        Assert.Equal(Plans(7, Mixed).Select(Text), Plans(7, Mixed).Select(Text));
        Assert.NotEqual(Plans(7, Mixed).Select(Text), Plans(8, Mixed).Select(Text));
    }

    [Fact]
    public void What_a_seed_decides_stays_decided() => Assert.Equal(
        "F-SSFSSS-SSSSR-SSS-SFSF-",
        string.Concat(Plans(7, Mixed).Take(24).Select(plan => EndOf(plan)?.ToString()[0] ?? '-')));

    [Fact]
    public void Every_execution_has_a_fate_of_its_own()
    {
        var plans = new[] { ("a", "lamp", 1), ("a", "lamp", 2), ("b", "lamp", 1), ("a", "car", 1) }
            .Select(of => Text(DevicePlan.Of(7, Mixed, of.Item1, of.Item2, of.Item3)));

        Assert.Equal(4, plans.Distinct().Count());
    }

    [Fact]
    public void Shares_are_kept()
    {
        var plans = Plans(1, Mixed);

        AssertShare(0.3, plans.Count(plan => EndOf(plan) == JobExecutionStatus.FAILED), plans.Count);
        AssertShare(0.1, plans.Count(plan => EndOf(plan) == JobExecutionStatus.REJECTED), plans.Count);
        AssertShare(0.4, plans.Count(plan => EndOf(plan) == JobExecutionStatus.SUCCEEDED), plans.Count);
        AssertShare(0.2, plans.Count(plan => plan.FallsSilent), plans.Count);
        var reports = plans.SelectMany(plan => plan.Reports).ToList();
        AssertShare(0.15, reports.Count(report => report.IsTwice), reports.Count);
        AssertShare(0.05, reports.Count(report => report.IsStale), reports.Count);
    }

    [Fact]
    public void Each_reason_is_given_as_often_as_the_others()
    {
        var reasons = Plans(1, Mixed with { FailureShare = 1, RejectionShare = 0 }).Select(plan => plan.Reports[^1].Details["reason"]).ToList();

        Assert.All(Mixed.Reasons, reason => AssertShare(1 / 3.0, reasons.Count(given => given == reason), reasons.Count));
    }

    [Fact]
    public void It_takes_half_to_one_and_a_half_of_its_time_or_ten_times_as_long()
    {
        var times = Plans(1, Mixed with { FailureShare = 0, RejectionShare = 0, SilenceShare = 0 })
            .Select(plan => plan.Reports.Sum(report => report.After.TotalSeconds)).ToList();

        var (usual, slow) = (times.Where(time => time < 20).ToList(), times.Where(time => time >= 20).ToList());
        Assert.All(usual, time => Assert.InRange(time, 3.99, 12.01));
        Assert.All(slow, time => Assert.InRange(time, 39.9, 120.1));
        AssertShare(0.25, slow.Count, times.Count);
    }

    [Fact]
    public void What_changes_in_one_share_leaves_the_others_as_they_were()
    {
        var quick = Plans(1, Mixed with { SlownessShare = 0 });

        Assert.Equal(Plans(1, Mixed).Select(EndOf), quick.Select(EndOf));
    }

    private static List<DevicePlan> Plans(int seed, DeviceBehavior behavior) =>
        [.. Enumerable.Range(0, 4_000).Select(i => DevicePlan.Of(seed, behavior, "fw-1", $"lamp-{i}", 1))];

    private static JobExecutionStatus? EndOf(DevicePlan plan) => plan.FallsSilent ? null : plan.Reports[^1].Status;

    private static string Text(DevicePlan plan) => string.Join('\n', plan.Reports.Select(report =>
        $"{report.After} {report.Status} {string.Join(' ', report.Details)} {report.IsTwice} {report.IsStale}"));

    private static void AssertShare(double expected, int count, int all) => Assert.InRange((double)count / all, expected - 0.03, expected + 0.03);
}
