using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>A clock that is moved by cmdlets, in process and through a server.</summary>
public abstract class ClockTests : IDisposable
{
    private readonly Shell _shell;

    private ClockTests(Where where)
    {
        _shell = new(where);
        _shell.GoByVirtualClock();
        _shell.Run("$null = New-IoTThing a, b, c; $null = Set-IoTClock -Freeze").Succeeds();
    }

    public sealed class InProcess() : ClockTests(Where.InProcess);

    public sealed class ThroughServer() : ClockTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void An_hour_passes_at_once()
    {
        _shell.Run("$null = New-IoTJob fw -Thing a -Document '{}' -TimeoutMinutes 60; $null = Start-IoTJNextPendingJobExecution a").Succeeds();
        Assert.Equal(["IN_PROGRESS"], _shell.Run("(Get-IoTJobExecution fw a).Status").Succeeds().Text);
        var before = _shell.One<DescribeClockResponse>("Get-IoTClock");
        var after = _shell.One<DescribeClockResponse>("Step-IoTClock 1:00:00");

        Assert.Equal((before.Time.AddHours(1), 0d), (after.Time, after.Rate));
        Assert.Equal(["TIMED_OUT"], _shell.Run("(Get-IoTJobExecution fw a).Status").Succeeds().Text);
    }

    [Fact]
    public void Events_are_stepped_through_until_none_is_left()
    {
        _shell.Run("$null = New-IoTJob fw -Thing a, b, c -Document '{}' -RolloutPerMinute 1").Succeeds();

        var steps = _shell.Run("Step-IoTClock -NextEvent -Count 10").Succeeds().Output.Select(step => (DescribeClockResponse)step.BaseObject).ToList();

        Assert.Equal(2, steps.Count);
        Assert.Equal(TimeSpan.FromMinutes(1), steps[1].Time - steps[0].Time);
        Assert.Null(steps[1].NextEventAt);
        Assert.Contains("Nothing will happen by itself", _shell.Run("Step-IoTClock -NextEvent").Fails("InvalidRequestException").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_counts_from_now_counts_from_the_clock()
    {
        _shell.Run("$null = Step-IoTClock 30.00:00:00; $null = New-IoTJob later -Thing a -Document '{}' -StartAt ([timespan]'2:00:00')").Succeeds();
        var now = _shell.One<DescribeClockResponse>("Get-IoTClock");
        Assert.InRange((now.NextEventAt!.Value - now.Time).TotalMinutes, 119, 122);

        _shell.Run("$null = Step-IoTClock -NextEvent").Succeeds();

        Assert.Equal(["IN_PROGRESS"], _shell.Run("(Get-IoTJob later).Job.Status").Succeeds().Text);
        Assert.Equal(["SCHEDULED", "IN_PROGRESS"], _shell.Run("'1:00:00', '0:00:00' | ForEach-Object { (Get-IoTJobState later $_).Status }").Succeeds().Text);
    }

    [Fact]
    public void It_is_shown_in_words()
    {
        Assert.Contains("stands still", _shell.Show("Get-IoTClock"), StringComparison.Ordinal);
        Assert.Contains("60 times", _shell.Show("Set-IoTClock -Rate 60"), StringComparison.Ordinal);
        Assert.Contains("real time", _shell.Show("Set-IoTClock -Rate 1"), StringComparison.Ordinal);
        Assert.Contains("does not go back", _shell.Run("Set-IoTClock (Get-Date).AddDays(-1)").Fails("InvalidRequestException").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_database_remembers_it()
    {
        _shell.Run("$null = Step-IoTClock 7.00:00:00").Succeeds();
        var before = _shell.One<DescribeClockResponse>("Get-IoTClock").Time;
        _shell.CloseDatabase();
        _shell.GoByVirtualClock();

        Assert.Equal(before, _shell.One<DescribeClockResponse>("Get-IoTClock").Time);
    }
}

public sealed class SystemClockTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Step-IoTClock 60")]
    [InlineData("Set-IoTClock -Freeze")]
    public void The_systems_clock_is_not_moved(string command)
    {
        Assert.Contains("system's", _shell.Show("Get-IoTClock"), StringComparison.Ordinal);
        Assert.Contains("Connect-IoTJobs -VirtualClock", _shell.Run(command).Fails("InvalidRequestException").ToString(), StringComparison.Ordinal);
    }
}
