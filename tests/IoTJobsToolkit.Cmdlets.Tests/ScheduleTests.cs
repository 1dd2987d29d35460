using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ScheduleTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly string Day = Now.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static readonly string Next = Now.AddDays(31).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private readonly string? _zone = Environment.GetEnvironmentVariable("TZ");
    private readonly Shell _shell;

    private ScheduleTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing lamp; New-IoTThingGroup eu; Add-IoTThingToThingGroup lamp eu").Succeeds();
    }

    public sealed class InProcess() : ScheduleTests(Where.InProcess);

    public sealed class ThroughServer() : ScheduleTests(Where.ThroughServer);

    public void Dispose()
    {
        UseZone(_zone);
        _shell.Dispose();
    }

    /// <summary>In a zone of 5 h 30 min before UTC, without summer time.</summary>
    [Theory]
    [InlineData("'DAY 10:00'")]
    [InlineData("'DAYT04:30Z'")]
    [InlineData("'DAYT06:30+02:00'")]
    [InlineData("([datetime]'DAYT10:00')")]
    [InlineData("([datetime]::SpecifyKind([datetime]'DAYT10:00', 'Unspecified'))")]
    [InlineData("([datetime]::SpecifyKind([datetime]'DAYT10:00', 'Local'))")]
    [InlineData("([datetime]::SpecifyKind([datetime]'DAYT04:30', 'Utc'))")]
    [InlineData("([datetime]'DAYT04:30Z')")]
    [InlineData("([datetimeoffset]'DAYT06:30+02:00')")]
    public void An_instant_becomes_the_text_in_UTC_wherever_it_came_from(string instant)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The time zone of a process cannot be changed here.");
        UseZone("Asia/Kolkata");
        Assert.Equal(TimeSpan.FromHours(5.5), TimeZoneInfo.Local.BaseUtcOffset);
        var start = instant.Replace("DAY", Day, StringComparison.Ordinal);

        _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' -StartAt {start} -EndAt {start.Replace(Day, Next, StringComparison.Ordinal)}").Succeeds();

        var schedule = Schedule("x");
        Assert.Equal(($"{Day}T04:30:00Z", $"{Next}T04:30:00Z"), (schedule.StartTime, schedule.EndTime));
        Assert.Equal("SCHEDULED", _shell.One("Get-IoTJob x").Status.ToString());
    }

    [Fact]
    public void A_start_now_plus_something_keeps_its_fraction()
    {
        var before = TimeProvider.System.GetUtcNow();
        _shell.Run("New-IoTJob x -Thing lamp -Document '{}' -StartAt ([datetime]::Now.AddHours(1)) -EndAt ([datetimeoffset]::UtcNow.AddYears(1))").Succeeds();

        var start = DateTimeOffset.Parse(Schedule("x").StartTime!, CultureInfo.InvariantCulture);
        Assert.InRange(start, before.AddHours(1), TimeProvider.System.GetUtcNow().AddHours(1));
    }

    [Fact]
    public void The_texts_of_AWS_are_passed_on_as_they_are()
    {
        _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' -SchedulingConfig_StartTime '{Day} 10:00' -SchedulingConfig_EndTime {Next}T10:00Z -SchedulingConfig_EndBehavior FORCE_CANCEL")
            .Succeeds();

        var schedule = Schedule("x");
        Assert.Equal(($"{Day} 10:00", $"{Next}T10:00Z", JobEndBehavior.FORCE_CANCEL), (schedule.StartTime, schedule.EndTime, schedule.EndBehavior));
    }

    [Theory]
    [InlineData("-MaintenanceWindow 'cron(0 22 * * ? *) 120'", "cron(0 22 * * ? *)=120")]
    [InlineData("-MaintenanceWindow 'cron(0 22 * * ? *) 120', ' CRON(0 4 ? * SUN *)  30 '", "cron(0 22 * * ? *)=120, cron(0 4 ? * SUN *)=30")]
    [InlineData("-MaintenanceWindow @{ StartTime = 'cron(0 22 * * ? *)'; DurationInMinutes = 60 }", "cron(0 22 * * ? *)=60")]
    [InlineData("-MaintenanceWindow @{ startTime = 'cron(0 22 * * ? *)'; durationInMinutes = '60' }, 'cron(0 4 * * ? *) 5'", "cron(0 22 * * ? *)=60, cron(0 4 * * ? *)=5")]
    [InlineData("-MaintenanceWindow ([pscustomobject]@{ startTime = 'cron(0 22 * * ? *)'; durationInMinutes = [long]60 })", "cron(0 22 * * ? *)=60")]
    [InlineData("-MaintenanceWindow ([IoTJobsToolkit.Engine.Jobs.MaintenanceWindow]@{ StartTime = 'cron(0 22 * * ? *)'; DurationInMinutes = 60 })", "cron(0 22 * * ? *)=60")]
    [InlineData("-SchedulingConfig_MaintenanceWindow @{ StartTime = 'cron(0 22 * * ? *)'; DurationInMinutes = 60 }", "cron(0 22 * * ? *)=60")]
    [InlineData("-SchedulingConfig_MaintenanceWindows @{ StartTime = 'cron(0 22 * * ? *)'; DurationInMinutes = 60 }", "cron(0 22 * * ? *)=60")]
    public void Windows_are_short_texts_hashtables_objects_or_records(string windows, string expected)
    {
        _shell.Run($"New-IoTJob x -Group eu -Document '{{}}' -TargetSelection CONTINUOUS {windows}").Succeeds();

        Assert.Equal(expected, string.Join(", ", Schedule("x").MaintenanceWindows!.Select(window => $"{window.StartTime}={window.DurationInMinutes}")));
    }

    [Theory]
    [InlineData("-StartAt 'DAY 10:00' -SchedulingConfig_StartTime 'DAYT10:00'", "TimeGivenTwice", "by -StartAt and by -SchedulingConfig_StartTime")]
    [InlineData("-EndAt 'DAY 10:00' -SchedulingConfig_EndTime 'DAYT10:00'", "TimeGivenTwice", "by -EndAt and by -SchedulingConfig_EndTime")]
    [InlineData("-MaintenanceWindow 'cron(0 22 * * ? *) 9' -SchedulingConfig_MaintenanceWindow 'cron(0 22 * * ? *) 9'", "ParameterAlreadyBound", "SchedulingConfig_MaintenanceWindow")]
    [InlineData("-MaintenanceWindow 'cron(0 22 * * ? *)'", "ParameterArgumentTransformationError", "minutes it lasts")]
    [InlineData("-MaintenanceWindow '0 22 * * ? * 120'", "ParameterArgumentTransformationError", "minutes it lasts")]
    [InlineData("-MaintenanceWindow 'cron(0 22 * * ? *) 99999999999'", "ParameterArgumentTransformationError", "minutes it lasts")]
    [InlineData("-MaintenanceWindow @{ Start = 'cron(0 22 * * ? *)' }", "CannotConvertArgumentNoMessage", "Start")]
    [InlineData("-MaintenanceWindow 'cron(0 22 * * ? *) 60' -TargetSelection SNAPSHOT", "InvalidRequestException", "CONTINUOUS")]
    [InlineData("-MaintenanceWindow 'cron(0 22 * * * *) 60' -TargetSelection CONTINUOUS", "InvalidRequestException", "startTime")]
    [InlineData("-EndBehavior CANCEL", "InvalidRequestException", "endTime")]
    [InlineData("-StartAt '2020-01-01'", "InvalidRequestException", "at least 30 minutes from now")]
    [InlineData("-StartAt ([datetime]::Now.AddYears(2))", "InvalidRequestException", "at most 1 year from now")]
    public void What_cannot_be_is_refused_in_plain_words(string parameters, string id, string words)
    {
        var error = _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' {parameters.Replace("DAY", Day, StringComparison.Ordinal)}").Fails(id);

        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-IoTJob").Succeeds().Output);
    }

    [Fact]
    public void The_list_of_a_job_shows_its_schedule_and_when_it_opens_next()
    {
        _shell.Run($$"""
            New-IoTJob windows -Group eu -Document '{}' -TargetSelection CONTINUOUS -EndAt '{{Next}}T00:00Z' `
                -MaintenanceWindow 'cron(0 22 * * ? *) 1', 'cron(30 4 * * ? *) 1'
            New-IoTJob start -Thing lamp -Document '{}' -StartAt '{{Day}}T10:00Z'
            New-IoTJob plain -Thing lamp -Document '{}'
            """).Succeeds();

        foreach (var source in new[] { "Get-IoTJob windows", "Get-IoTJob windows -Select Job" })
        {
            var list = List(source);
            Assert.Equal("CONTINUOUS", list["TargetSelection"]);
            Assert.Equal($"until {Next}T00:00:00Z, then STOP_ROLLOUT; cron(0 22 * * ? *) for 1 min; cron(30 4 * * ? *) for 1 min", list["Schedule"]);
            var opening = DateTimeOffset.Parse(list["NextOpening"], CultureInfo.InvariantCulture);
            Assert.Contains(opening.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture), new[] { "22:00:00", "04:30:00" });
            Assert.InRange(opening, Now, Now.AddHours(18));
        }
        var start = List("Get-IoTJob start");
        Assert.Equal($"from {Day}T10:00:00Z", start["Schedule"]);
        Assert.Equal(DateTimeOffset.Parse($"{Day}T10:00Z", CultureInfo.InvariantCulture), DateTimeOffset.Parse(start["NextOpening"], CultureInfo.InvariantCulture));
        var plain = List("Get-IoTJob plain");
        Assert.Equal(("SNAPSHOT", "1 queued"), (plain["TargetSelection"], plain["Executions"]));
        Assert.DoesNotContain("Schedule", plain.Keys);
        Assert.DoesNotContain("NextOpening", plain.Keys);
    }

    [Fact]
    public void The_details_of_a_job_are_shown_as_that_list()
    {
        var shown = _shell.Show($"New-IoTJob start -Thing lamp -Document '{{}}' -StartAt '{Day}T10:00Z' | Get-IoTJob -Select Job");

        Assert.Matches($@"Schedule +: from {Day}T10:00:00Z", shown);
        Assert.Matches(@"TargetSelection +: SNAPSHOT", shown);
        Assert.Matches($@"NextOpening +: 20\d\d-\d\d-\d\d \d\d:\d\d:00 [+-]\d\d:\d\d", shown);
    }

    [Fact]
    public void Jobs_can_be_chosen_by_their_next_opening_in_strict_scripts_too() => Assert.Equal(["start"], _shell.Run($$"""
        Set-StrictMode -Version Latest
        $null = New-IoTJob start -Thing lamp -Document '{}' -StartAt '{{Day}}T10:00Z'; $null = New-IoTJob plain -Thing lamp -Document '{}'
        Get-IoTJob | Where-Object { $_.NextOpening -gt [datetimeoffset]::Now } | ForEach-Object JobId
        Get-IoTJob | Where-Object Schedule -like 'until*'
        """).Succeeds().Text);

    [Fact]
    public void A_job_with_a_window_that_is_shut_gives_its_devices_nothing()
    {
        var shut = TimeProvider.System.GetUtcNow().AddHours(-2);
        _shell.Run($"New-IoTJob x -Group eu -Document '{{}}' -TargetSelection CONTINUOUS -MaintenanceWindow 'cron({shut.Minute} {shut.Hour} * * ? *) 1'").Succeeds();

        Assert.Equal("SCHEDULED", _shell.One("Get-IoTJob x").Status.ToString());
        Assert.Empty(_shell.One("Get-IoTJPendingJobExecution lamp").QueuedJobs);
    }

    private static void UseZone(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }

    private SchedulingConfig Schedule(string id) => _shell.One<JobDetail>($"Get-IoTJob {id} -Select Job").SchedulingConfig!;

    /// <summary>What the list view says of an object, by its labels.</summary>
    private Dictionary<string, string> List(string source) => _shell.One<string>($"{source} | Format-List | Out-String -Width 300").Split('\n')
        .Select(line => line.Split(" : ", 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim());
}
