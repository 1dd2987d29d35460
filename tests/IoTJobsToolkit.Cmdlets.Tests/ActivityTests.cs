using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ActivityTests : IDisposable
{
    private readonly Shell _shell;

    private ActivityTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            New-IoTThing lamp-1; New-IoTThing lamp-2
            Get-IoTThing | New-IoTJob -JobId fw-7 -Document '{"op":"secret"}' -TargetSelection CONTINUOUS
            Stop-IoTJobExecution fw-7 lamp-1
            Stop-IoTJob fw-7 -ReasonCode BAD_IMAGE -Force -Confirm:$false
            """).Succeeds();
    }

    public sealed class InProcess() : ActivityTests(Where.InProcess);

    public sealed class ThroughServer() : ActivityTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void What_cmdlets_changed_is_listed_newest_first_with_the_module_as_its_door()
    {
        var activities = Records("Get-IoTActivity");

        Assert.Equal(
            ["CancelJob fw-7", "CancelJobExecution fw-7/lamp-1", "CreateJob fw-7", "CreateThing lamp-2", "CreateThing lamp-1"],
            activities.Select(activity => $"{activity.OperationName} {activity.SubjectName}"));
        Assert.All(activities, activity => Assert.Equal((CallOrigin.CMDLET, Environment.UserName), (activity.Origin, activity.By)));
        Assert.DoesNotContain("secret", string.Concat(activities), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-IoTActivity bad_image", "fw-7")]
    [InlineData("Get-IoTActivity -Text lamp-2", "lamp-2")]
    [InlineData("Get-IoTActivity -OperationName creatething", "lamp-2 lamp-1")]
    [InlineData("Get-IoTActivity -SubjectKind JOB_EXECUTION", "fw-7/lamp-1")]
    [InlineData("Get-IoTActivity -Origin PORTAL", "")]
    [InlineData("Get-IoTActivity -By nobody", "")]
    [InlineData("Get-IoTActivity -From 1 -SubjectKind THING", "lamp-2 lamp-1")]
    [InlineData("Get-IoTActivity -Until 1", "")]
    [InlineData("Get-IoTJob fw-7 | Get-IoTActivity", "fw-7 fw-7/lamp-1 fw-7")]
    [InlineData("Get-IoTThing | Get-IoTActivity", "lamp-1 lamp-2")]
    [InlineData("Get-IoTActivity -MaxResult 2", "fw-7 fw-7/lamp-1 fw-7 lamp-2 lamp-1")]
    [InlineData("Get-IoTActivity -MaxResult 2 -NoAutoIteration", "fw-7 fw-7/lamp-1")]
    public void Filters_and_pages_find_what_they_say(string command, string subjects) =>
        Assert.Equal(subjects, string.Join(' ', Records(command).Select(activity => activity.SubjectName)));

    [Fact]
    public void The_table_tells_it_in_a_line_each()
    {
        var lines = _shell.Show("Get-IoTActivity").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();

        Assert.Equal("At By Operation Subject", string.Join(' ', lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains(lines, line => line.Contains("root", StringComparison.Ordinal) && line.Contains("CancelJobExecution", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 120));
    }

    private List<ActivityRecord> Records(string command) =>
        [.. _shell.Run(command).Succeeds().Output.Select(output => Assert.IsType<ActivityRecord>(output.BaseObject))];
}
