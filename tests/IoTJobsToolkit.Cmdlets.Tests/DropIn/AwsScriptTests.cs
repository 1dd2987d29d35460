using System.Management.Automation.Language;

namespace IoTJobsToolkit.Cmdlets.Tests.DropIn;

/// <summary>Scripts as people write them for AWS's own module, run as they are.</summary>
public abstract class AwsScriptTests : IDisposable
{
    private readonly Shell _shell;

    private AwsScriptTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            $null = New-IoTThing lamp-1, lamp-2, lamp-3 -Attribute @{ firmware = '7' }
            $null = New-IoTThingGroup eu, us
            'lamp-1', 'lamp-2' | Add-IoTThingToThingGroup -ThingGroupName eu
            """).Succeeds();
    }

    public sealed class InProcess() : AwsScriptTests(Where.InProcess);

    public sealed class ThroughServer() : AwsScriptTests(Where.ThroughServer);

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "DropIn", "scripts");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_scripts_use_nothing_but_what_AWS_Tools_has()
    {
        var theirs = AwsParameter.All.ToLookup(parameter => parameter.Cmdlet);
        var everywhere = theirs[AwsParameter.EveryCmdlet].ToList();
        var scripts = Directory.GetFiles(Folder, "*.ps1");

        Assert.Equal(12, scripts.Length);
        Assert.Empty(scripts.SelectMany(Calls).SelectMany(call => theirs.Contains(call.Cmdlet)
            ? call.Parameters.Except(Names([.. theirs[call.Cmdlet], .. everywhere]), StringComparer.Ordinal).Select(name => $"{call.Cmdlet} -{name}")
            : [call.Cmdlet]));
    }

    [Fact]
    public void A_job_with_rollout_abort_retry_timeout_and_tags() => Run(
        "New-FirmwareJob.ps1 -JobId fw-7 -ThingName lamp-1, lamp-2",
        """
        $job = Get-IoTJob fw-7 -Select Job; $executions = @(Get-IoTJobExecutionsForJobList fw-7).Count
        "$executions $($job.JobExecutionsRolloutConfig.ExponentialRate.RateIncreaseCriteria.NumberOfSucceededThings) $($job.AbortConfig.CriteriaList.FailureType)"
        (Get-IoTJobDocument fw-7 | ConvertFrom-Json).files[0].name
        (Get-IoTTagListForResource $job.JobArn | Sort-Object Key).Value
        """,
        "Created fw-7: arn:aws:iot:us-east-1:123456789012:job/fw-7",
        "2 5 FAILED TIMED_OUT", "firmware.bin", "ops", "7.1.0");

    [Fact]
    public void A_continuous_job_of_a_group_and_a_thing_more() => Run(
        "New-ContinuousJob.ps1 -GroupName eu -ExtraThing lamp-3",
        "(Get-IoTJob agent-eu).Job.Comment",
        "CONTINUOUS with 2 targets", "at night for 120 minutes", "by hand");

    [Fact]
    public void A_report_of_all_jobs()
    {
        MakeJobs();
        Run(
            "Get-JobReport.ps1",
            "",
            "a: IN_PROGRESS, 0 queued, 1 running, 0 succeeded, 1 failed, 0 canceled",
            "b: CANCELED, 0 queued, 0 running, 0 succeeded, 0 failed, 1 canceled",
            "c: COMPLETED, 0 queued, 0 running, 1 succeeded, 0 failed, 0 canceled",
            "CANCELED 1", "COMPLETED 1", "IN_PROGRESS 1");
    }

    [Fact]
    public void A_list_page_by_page()
    {
        _shell.Run("'c', 'b', 'a' | ForEach-Object { New-IoTJob $_ -Thing lamp-1 -Document '{}' }").Succeeds();
        Run("Get-JobPage.ps1", "", "page 1: a b", "page 2: c", "without iteration 2, with it 3", "ids alone: a b c");
    }

    [Fact]
    public void A_job_that_hangs_is_ended_by_force()
    {
        MakeJobs();
        Run(
            "Stop-StuckJob.ps1 -JobId a",
            "(Get-IoTJobExecution a lamp-2).Status",
            "a is CANCELED, because STUCK: 1 executions hang, by force: True", "lamp-2 is CANCELED", "CANCELED");
    }

    [Fact]
    public void Ended_jobs_are_removed_and_refusals_told_apart_by_their_ids()
    {
        MakeJobs();
        Run(
            "Remove-EndedJob.ps1 -AlsoTry a, none",
            "(Get-IoTJob).JobId",
            "c removed", "b removed", "a is still active", "none is not there", "a");
    }

    [Fact]
    public void Jobs_from_ones_own_template_and_from_a_managed_one() => Run(
        "New-JobFromTemplate.ps1 -ThingName lamp-1",
        "(Get-IoTJob | Sort-Object JobId).JobId; (Get-IoTJobDocument reboot-1 | ConvertFrom-Json).steps.Count -gt 0",
        "nightly-1", "reboot-1", "templates: nightly", "timeout: 30", """document: {"operation":"configure"}""", "left: 0",
        "nightly-1", "reboot-1", "True");

    [Fact]
    public void Tags_of_jobs()
    {
        MakeJobs();
        Run("Set-JobTag.ps1 -CostCenter 4711", "", "a: cost-center=4711");
    }

    [Fact]
    public void A_fleet_from_a_table()
    {
        _shell.Run("Get-IoTThing | Remove-IoTThing -Force").Succeeds();
        var table = Path.Combine(_shell.Folder, "things.csv");
        File.WriteAllText(table, "Name,Type,Site,Firmware\nlamp-1,lamp,Utrecht,7\nlamp-2,lamp,Boston,6\ngate-1,gate,Utrecht,5\n");
        Run(
            $"Register-Fleet.ps1 -CsvPath '{table}'",
            "(Get-IoTThing gate-1).Attributes['firmware']; (Get-IoTThingGroup sites).ThingGroupProperties.ThingGroupDescription",
            "Boston: lamp-2", "Utrecht: gate-1 lamp-1", "of type lamp: lamp-1 lamp-2", "all: gate-1 lamp-1 lamp-2", "groups of lamp-1: Utrecht",
            "5", "All sites");
    }

    [Fact]
    public void A_dynamic_group_from_making_it_to_removing_it() => Run(
        "Update-DynamicGroup.ps1 -Firmware 7",
        "Get-IoTThingGroup old-firmware -ErrorAction Ignore; (Get-IoTThingsInThingGroupList us)",
        "made old-firmware for attributes.firmware:7", "version 1 became 2", "lamp-2 is in us", "members: lamp-1", "lamp-2");

    [Fact]
    public void A_device_works_off_its_jobs()
    {
        _shell.Run("""'a', 'b' | ForEach-Object { New-IoTJob $_ -Thing lamp-1 -Document '{"operation":"install"}' }""").Succeeds();
        Run(
            "Invoke-DeviceAgent.ps1 -ThingName lamp-1 -Failing b",
            "(Get-IoTJob a, b).Status; (Get-IoTJobExecution a lamp-1).StatusDetails.DetailsMap['step']",
            "waiting: 0 in progress, 2 queued", "a install: SUCCEEDED", "b install: FAILED", "history: a SUCCEEDED, b FAILED",
            "COMPLETED", "COMPLETED", "done");
    }

    [Fact]
    public void What_failed_is_tried_again()
    {
        _shell.Run("""
            New-IoTJob fw -Thing lamp-1, lamp-2, lamp-3 -Document '{"v":1}'
            'lamp-1', 'lamp-2' | Start-IoTJNextPendingJobExecution | Update-IoTJJobExecution -Status FAILED
            """).Succeeds();
        Run(
            "Restart-FailedExecution.ps1 -JobId fw -PollSeconds 0",
            "(Get-IoTJobExecutionsForJobList fw-retry).ThingName; (Get-IoTJob fw-retry).Job.TimeoutConfig.InProgressTimeoutInMinutes",
            "fw-retry on 2 things: Again after fw", "left of fw: CANCELED", "lamp-1", "lamp-2", "20");
        Run("Restart-FailedExecution.ps1 -JobId fw", "", "fw-retry is there already");
    }

    /// <summary>There every refusal is one that try catches; of what comes down a pipeline one line of a profile makes it so here.</summary>
    [Fact]
    public void One_line_of_a_profile_makes_refusals_of_a_pipeline_end_a_try_as_at_AWS()
    {
        const string Script = "try { 'none' | Get-IOTJob; 'went on' } catch { $_.FullyQualifiedErrorId -replace ',.*' }";

        Assert.Equal(["went on"], _shell.Run(Script).Text);
        _shell.Run("$PSDefaultParameterValues['*-IoT*:ErrorAction'] = 'Stop'").IsSilent();
        Assert.Equal(["ResourceNotFoundException"], _shell.Run(Script).Succeeds().Text);
    }

    /// <summary>a is in progress with a failure and a running execution, b canceled, c completed.</summary>
    private void MakeJobs() => _shell.Run("""
        New-IoTJob a -Thing lamp-1, lamp-2 -Document '{}'
        Start-IoTJNextPendingJobExecution lamp-1 | Update-IoTJJobExecution -Status FAILED
        Start-IoTJNextPendingJobExecution lamp-2
        New-IoTJob b -Thing lamp-3 -Document '{}'; Stop-IoTJob b
        New-IoTJob c -Thing lamp-3 -Document '{}'; Start-IoTJNextPendingJobExecution lamp-3 | Update-IoTJJobExecution -Status SUCCEEDED
        """).Succeeds();

    /// <param name="look">What looks at what the script did.</param>
    private void Run(string script, string look, params string[] expected) => Assert.Equal(
        string.Join('\n', expected),
        string.Join('\n', _shell.Run($"Set-Location '{Folder}'; ./{script}; {look}").Succeeds().Text));

    private static IEnumerable<(string Cmdlet, IEnumerable<string> Parameters)> Calls(string path)
    {
        var script = Parser.ParseFile(path, out _, out _);
        var tables = Find<AssignmentStatementAst>(script).ToLookup(set => set.Left.ToString(), set => (set.Right as CommandExpressionAst)?.Expression as HashtableAst);
        return Find<CommandAst>(script).Where(call => call.GetCommandName()?.Contains("-IOT", StringComparison.Ordinal) == true).Select(call => (
            call.GetCommandName(),
            call.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName).Concat(
                call.CommandElements.OfType<VariableExpressionAst>().Where(variable => variable.Splatted)
                    .SelectMany(variable => tables["$" + variable.VariablePath].Single()!.KeyValuePairs).Select(pair => pair.Item1.ToString()))));
    }

    private static IEnumerable<T> Find<T>(Ast script)
        where T : Ast => script.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    /// <summary>Those which PowerShell gives every cmdlet, too.</summary>
    private static IEnumerable<string> Names(IEnumerable<AwsParameter> parameters) =>
        parameters.SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name)).Append("ErrorAction");
}
