namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ViewTests : IDisposable
{
    private static readonly string LongJobId = "firmware-" + new string('j', 55);
    private static readonly string LongThing = "lamp-" + new string('t', 123);
    private static readonly string LongTemplateId = "template-" + new string('j', 55);
    private static readonly string LongGroup = "group-" + new string('g', 122);

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
    [InlineData("Get-IoTJob", "Status Queued Running OK Failed TimedOut Rejected Removed Canceled JobId", true, false, false)]
    [InlineData("Get-IoTJobList", "Status Created Updated JobId", true, false, false)]
    [InlineData("Get-IoTJobExecution fw-7 (Get-IoTThing | ForEach-Object ThingName)", "Status Number Version Updated JobId ThingName", false, true, false)]
    [InlineData("Get-IoTJobList | Get-IoTJobExecutionsForJobList", "Status Number Queued Updated JobId ThingName", true, true, false)]
    [InlineData("Get-IoTThing | Get-IoTJobExecutionsForThingList", "Status Number Queued Updated JobId ThingName", true, true, false)]
    [InlineData("Get-IoTThing | Start-IoTJNextPendingJobExecution", "Status Number Version Updated JobId ThingName", false, true, false)]
    [InlineData("(Get-IoTJPendingJobExecution lamp-1).QueuedJobs", "Number Version Queued Started JobId", true, false, false)]
    [InlineData("Get-IoTJPendingJobExecution lamp-1", "Running Queued JobIds", true, false, false)]
    [InlineData("Get-IoTJobTemplate", "Created Description JobTemplateId", true, false, false)]
    [InlineData("Get-IoTJobTemplateList", "Created Description JobTemplateId", true, false, false)]
    [InlineData("Get-IoTManagedJobTemplate", "Version Environments Description TemplateName", false, false, false)]
    [InlineData("Get-IoTManagedJobTemplateList", "Version Environments Description TemplateName", false, false, false)]
    [InlineData("Get-IoTManagedJobTemplate -Select DocumentParameters", "Optional Example Description Key", false, false, false)]
    [InlineData("Get-IoTJob fw-7 | Get-IoTTagListForResource", "Value Key", false, false, true)]
    [InlineData("Get-IoTThing", "Version ThingType Attributes ThingName", false, true, false)]
    [InlineData("Get-IoTThingList", "Version ThingType Attributes ThingName", false, true, false)]
    [InlineData("Get-IoTThingGroup", "Created Parent Status Query Description ThingGroupName", false, false, true)]
    [InlineData("Get-IoTThingGroupList", "GroupName", false, false, true)]
    [InlineData("Get-IoTLimit", "Used Limit Name Description", false, false, false)]
    [InlineData("Get-IoTRetention", "Days SaidBy NextGoes JobsInAWeek ExecutionsInAWeek", false, false, false)]
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
    public void Every_emitted_type_has_a_table()
    {
        foreach (var command in new[]
        {
            "New-IoTThing x", "New-IoTThingGroup x", "New-IoTDynamicThingGroup y -QueryString *", "New-IoTJob x -Thing x -Document '{}'", "Stop-IoTJob x -Select *",
            "New-IoTJob y -Group eu -Document '{}' -TargetSelection CONTINUOUS; Add-IoTTargetsWithJob y -Thing x", "Clear-IoTJobHistory 1 -PassThru",
            "New-IoTJobTemplate x -Description d -Document '{}'",
            "Connect-IoTJobs '" + _shell.DatabasePath + "' -PassThru", "Connect-IoTJobs -Endpoint https://jobs.example.com -PassThru",
            "Connect-IoTJobs -Region eu-west-1 -PassThru",
        })
        {
            Assert.Contains("---", _shell.Show(command), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_dynamic_group_shows_its_query_and_status()
    {
        Assert.Matches(@"ACTIVE +attributes\.Site", _shell.Show("Get-IoTThingGroup sites"));
        Assert.Equal(
            ["ThingGroupName", "QueryString", "Status", "ThingGroupProperties", "ThingGroupMetadata", "Version"],
            _shell.Run("(Get-IoTThingGroup sites).PSStandardMembers.DefaultDisplayPropertySet.ReferencedPropertyNames").Succeeds().Text);
    }

    [Fact]
    public void Executions_of_a_list_show_their_times_as_properties() =>
        Assert.Equal(2, _shell.Run("Get-IoTJobExecutionsForJobList fw-7 | Where-Object QueuedAt -gt ([DateTimeOffset]::UtcNow.AddHours(-1))").Succeeds().Output.Count);

    /// <summary>A wrapped name stands in several lines: its letters count.</summary>
    private static bool Holds(List<string> lines, char letter, int times) => string.Concat(lines.Skip(2))
        .Split(' ').Where(part => part.TrimStart('-').All(c => c == letter || !char.IsLetter(c)) || part.Contains(new string(letter, 3), StringComparison.Ordinal))
        .Sum(part => part.Count(c => c == letter)) >= times;
}
