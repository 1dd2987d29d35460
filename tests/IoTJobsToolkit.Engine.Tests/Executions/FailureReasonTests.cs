using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Tests.Executions;

public sealed class FailureReasonTests
{
    private static string Of(params (string Name, string Value)[] details) => Of(JobExecutionStatus.FAILED, details);

    private static string Of(JobExecutionStatus status, params (string Name, string Value)[] details) => FailureReason.Of(new()
    {
        Sequence = 1,
        JobSequence = 1,
        JobId = "job",
        ThingSequence = 1,
        ThingName = "thing",
        Number = 1,
        QueuedAt = default,
        LastUpdatedAt = default,
        Status = status,
        StatusDetails = details.ToDictionary(detail => detail.Name, detail => detail.Value),
    });

    [Theory]
    [InlineData("reason")]
    [InlineData("reasonCode")]
    [InlineData("failureReason")]
    [InlineData("errorCode")]
    [InlineData("error")]
    [InlineData("message")]
    [InlineData("REASON")]
    [InlineData("ErrorCode")]
    public void The_detail_in_which_the_device_says_why_is_the_reason(string name) =>
        Assert.Equal("disk full", Of(("progress", "40"), (name, "disk full")));

    [Fact]
    public void The_most_telling_of_several_details_is_the_reason() =>
        Assert.Equal("battery low", Of(("message", "see the log"), ("error", "E17"), ("Reason", "battery low")));

    [Fact]
    public void An_empty_detail_tells_nothing() => Assert.Equal("E17", Of(("reason", "  "), ("error", "E17")));

    [Fact]
    public void Details_without_a_telling_one_are_the_reason_together_in_the_order_of_their_names() =>
        Assert.Equal("exit: 3, step: flash", Of(("step", "flash"), ("exit", "3")));

    [Fact]
    public void Long_details_without_a_telling_one_leave_the_status() =>
        Assert.Equal("Rejected", Of(JobExecutionStatus.REJECTED, ("log", new string('x', 200))));

    [Fact]
    public void Without_details_the_status_is_the_reason() => Assert.Equal("Timed out", Of(JobExecutionStatus.TIMED_OUT));

    [Fact]
    public void A_reason_is_one_line_and_not_endless()
    {
        Assert.Equal("disk full on /data", Of(("reason", " disk full\n\ton /data ")));
        var cut = Of(("reason", new string('x', 500)));
        Assert.Equal(FailureReason.MaxLength, cut.Length);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("write failed at 524288000 of 1048576000", "write failed at # of #")]
    [InlineData("session 0F8FAD5B-D9CB-469F-A165-70867728950E lost", "session # lost")]
    [InlineData("clock at 2026-12-01T05:18:14.250Z is off", "clock at # is off")]
    [InlineData("peer 00:1b:44:11:3a:b7 is gone", "peer # is gone")]
    [InlineData("digest 9f86d081884c7d659a2feaa0c55ad015 differs", "digest # differs")]
    public void What_differs_from_device_to_device_is_left_out(string told, string reason) => Assert.Equal(reason, Of(("reason", told)));

    [Theory]
    [InlineData("E1704")]
    [InlineData("error 0x80070005")]
    [InlineData("needs 4.12.0.7, has 4.11.9.0")]
    [InlineData("disk full: 40 MB left")]
    [InlineData("accessdeniedby")]
    [InlineData("größe ßßßßßßß")]
    public void Codes_versions_and_small_numbers_stay(string told) => Assert.Equal(told, Of(("reason", told)));

    [Fact]
    public void A_reason_is_not_cut_within_a_character() => Assert.Equal(
        new string('x', 118) + "…", Of(("reason", new string('x', 118) + "🚀 and more words")));
}
