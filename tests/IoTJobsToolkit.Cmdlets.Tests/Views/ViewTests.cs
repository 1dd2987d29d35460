using System.Globalization;
using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.Tests.Views;

public abstract class ViewTests : IDisposable
{
    private static readonly string LongJobId = "firmware-" + new string('j', 55);
    private static readonly string LongThing = "lamp-" + new string('t', 123);
    private static readonly string LongTemplateId = "template-" + new string('j', 55);
    private static readonly string LongGroup = "group-" + new string('g', 122);

    private static readonly Regex Time = new(@"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d");
    private static readonly Regex Blanks = new(" +");

    private readonly Shell _shell;

    private ViewTests(Where where)
    {
        _shell = new(where);
        _shell.Run($$"""
        New-IoTThing lamp-1 -Attribute @{ Site = 'Utrecht' }; New-IoTThing {{LongThing}}
        New-IoTDynamicThingGroup sites -QueryString 'attributes.Site:Utrecht AND NOT thingName:spare*'
        New-IoTThingGroup eu -Description 'All of Europe'; New-IoTThingGroup {{LongGroup}} -ParentGroupName eu
        Get-IoTThing | New-IoTJob -JobId fw-7 -Document '{}'
        Get-IoTThing | New-IoTJob -JobId {{LongJobId}} -Document '{}'
        New-IoTJobTemplate 010 -Description 'Installs the firmware of the day' -Document '{}'
        New-IoTJobTemplate {{LongTemplateId}} -Description '{{new string('d', 300)}}' -Document '{}'
        Get-IoTJob fw-7 | Add-IoTResourceTag -Tag @{ Key = '{{new string('g', 128)}}'; Value = '{{new string('v', 256)}}' }
        """).Succeeds();
    }

    public sealed class InProcess() : ViewTests(Where.InProcess);

    public sealed class ThroughServer() : ViewTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTJob", "Status Queued Running OK Failed TimedOut Other JobId", true, false, false)]
    [InlineData("Get-IoTJobList", "Status Created Updated JobId", true, false, false)]
    [InlineData("Get-IoTJobExecution fw-7 (Get-IoTThing | ForEach-Object ThingName)", "Status Number Updated JobId ThingName", false, true, false)]
    [InlineData("Get-IoTJobList | Get-IoTJobExecutionsForJobList", "Status Number Updated JobId ThingName", true, true, false)]
    [InlineData("Get-IoTThing | Get-IoTJobExecutionsForThingList", "Status Number Updated JobId ThingName", true, true, false)]
    [InlineData("Get-IoTThing | Start-IoTJNextPendingJobExecution", "Status Number Updated JobId ThingName", false, true, false)]
    [InlineData("(Get-IoTJPendingJobExecution lamp-1).QueuedJobs", "Number Version Queued Started JobId", true, false, false)]
    [InlineData("Get-IoTJPendingJobExecution lamp-1", "Running Queued JobIds", true, false, false)]
    [InlineData("Get-IoTJobTemplate", "Created Description JobTemplateId", true, false, false)]
    [InlineData("Get-IoTJobTemplateList", "Created Description JobTemplateId", true, false, false)]
    [InlineData("Get-IoTManagedJobTemplate", "TemplateName Version Description", false, false, false)]
    [InlineData("Get-IoTManagedJobTemplateList", "TemplateName Version Description", false, false, false)]
    [InlineData("Get-IoTManagedJobTemplate -Select DocumentParameters", "Key Optional Description", false, false, false)]
    [InlineData("Get-IoTJob fw-7 | Get-IoTTagListForResource", "Key Value", false, false, true)]
    [InlineData("Get-IoTThing", "Version ThingType Attributes ThingName", false, true, false)]
    [InlineData("Get-IoTThingList", "Version ThingType Attributes ThingName", false, true, false)]
    [InlineData("Get-IoTThingGroup", "Parent Status Query ThingGroupName", false, false, true)]
    [InlineData("Get-IoTThingGroupList", "GroupName", false, false, true)]
    [InlineData("Get-IoTLimit", "Used Limit Name Description", false, false, false)]
    [InlineData("Get-IoTRetention", "Days SaidBy NextGoes JobsInAWeek ExecutionsInAWeek", false, false, false)]
    [InlineData("Get-IoTEventConfiguration", "Changed Published", false, false, false)]
    public void A_table_fits_120_columns_and_cuts_no_name(string command, string headers, bool jobs, bool things, bool groups)
    {
        var lines = _shell.Show(command).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();

        Assert.Equal(headers, string.Join(' ', lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 120));
        Assert.DoesNotContain(lines, line => line.Contains('…', StringComparison.Ordinal));
        Assert.Equal(things, Holds(lines, 't', 123));
        Assert.Equal(jobs, Holds(lines, 'j', 55));
        Assert.Equal(groups, Holds(lines, 'g', 122));
    }

    [Fact]
    public void A_job_reads_as_a_short_report()
    {
        _shell.Run("""
        $null = New-IoTJob full -Group eu -Document '{}' -Description 'All of it' -JobExecutionsRolloutConfig_MaximumPerMinute 1000 `
            -JobExecutionsRolloutConfig_ExponentialRate @{ BaseRatePerMinute = 50; IncrementFactor = 1.5; RateIncreaseCriteria = @{ NumberOfSucceededThings = 10 } } `
            -AbortConfig_CriteriaList @{ FailureType = 'FAILED'; Action = 'CANCEL'; ThresholdPercentage = 20; MinNumberOfExecutedThings = 100 } `
            -TimeoutConfig_InProgressTimeoutInMinute 90 -JobExecutionsRetryConfig_CriteriaList @{ FailureType = 'ALL'; NumberOfRetries = 3 }
        """).Succeeds();

        Assert.Equal(
            [
                "JobId : full", "Status : COMPLETED", "Description : All of it", "Targets : group eu", "TargetSelection : SNAPSHOT", "Executions : none",
                "Rollout : 50 a minute, then x1.5 with every 10 succeeded, at most 1000 a minute", "AbortWhen : FAILED >= 20% of 100",
                "Timeout : 1 h 30 min", "Retries : ALL 3 times", "Created : TIME", "Updated : TIME", "Completed : TIME",
            ],
            Report("Get-IoTJob full | Format-List"));
    }

    [Fact]
    public void An_execution_reads_as_a_short_report()
    {
        _shell.Run("Get-IoTThing lamp-1 | Start-IoTJNextPendingJobExecution | Update-IoTJJobExecution -Status FAILED -StatusDetails @{ reason = 'battery low'; at = 'boot' }").Succeeds();

        Assert.Equal(
            [
                "JobId : fw-7", "ThingName : lamp-1", "Status : FAILED", "StatusDetails : at=boot", "reason=battery low", "ExecutionNumber : 1", "VersionNumber : 3",
                "Queued : TIME", "Started : TIME", "Updated : TIME",
            ],
            Report("Get-IoTJobExecution fw-7 lamp-1 | Format-List").Where(line => !line.StartsWith("Took", StringComparison.Ordinal)));
    }

    [Fact]
    public void Times_are_local_in_views_and_UTC_in_objects()
    {
        var created = _shell.One<DateTimeOffset>("(Get-IoTJobList | Select-Object -First 1).CreatedAt");

        Assert.Equal(TimeSpan.Zero, created.Offset);
        Assert.Contains(created.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), _shell.Show("Get-IoTJobList"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dynamic_group_shows_its_query_and_status()
    {
        Assert.Matches(@"ACTIVE +attributes\.Site", _shell.Show("Get-IoTThingGroup sites"));
        Assert.Equal(
            ["ThingGroupName", "QueryString", "Status", "ThingGroupProperties", "ThingGroupMetadata", "Version"],
            _shell.Run("(Get-IoTThingGroup sites).PSStandardMembers.DefaultDisplayPropertySet.ReferencedPropertyNames").Succeeds().Text);
    }

    [Theory]
    [InlineData("CreatedAt")]
    [InlineData("LastUpdatedAt")]
    [InlineData("TargetSelection")]
    public void A_job_has_at_the_top_what_one_sorts_by(string property) =>
        Assert.Equal(["True"], _shell.Run($"$job = Get-IoTJob fw-7; ($null -ne $job.{property} -and $job.{property} -eq $job.Job.{property}).ToString()").Succeeds().Text);

    [Fact]
    public void The_administrator_is_named_in_one_line() => Assert.Contains(
        " administrator ",
        _shell.Show("[IoTJobsToolkit.Engine.Activities.ActivityRecord]@{ By = 'administrator' }"),
        StringComparison.Ordinal);

    [Fact]
    public void A_schedule_reads_without_fractions_of_seconds() => Assert.Matches(
        @"^until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, then STOP_ROLLOUT$",
        _shell.One<string>("$null = New-IoTJob ends -Group eu -Document '{}' -EndAt ([datetime]::UtcNow.Date.AddDays(2).AddTicks(1234567)); Get-IoTJob ends | ForEach-Object Schedule"));

    [Fact]
    public void Executions_of_a_list_show_their_times_as_properties() =>
        Assert.Equal(2, _shell.Run("Get-IoTJobExecutionsForJobList fw-7 | Where-Object QueuedAt -gt ([DateTimeOffset]::UtcNow.AddHours(-1))").Succeeds().Output.Count);

    /// <summary>The lines of a list, with one blank each and no exact times.</summary>
    private IEnumerable<string> Report(string command) => _shell.One<string>($"{command} | Out-String -Width 200").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => Time.Replace(Blanks.Replace(line, " "), "TIME"));

    /// <summary>A wrapped name stands in several lines: its letters count.</summary>
    private static bool Holds(List<string> lines, char letter, int times) => string.Concat(lines.Skip(2))
        .Split(' ').Where(part => part.TrimStart('-').All(c => c == letter || !char.IsLetter(c)) || part.Contains(new string(letter, 3), StringComparison.Ordinal))
        .Sum(part => part.Count(c => c == letter)) >= times;
}
