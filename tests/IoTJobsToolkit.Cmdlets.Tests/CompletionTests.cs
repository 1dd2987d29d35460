using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class CompletionTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Shell _shell;

    private CompletionTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
        New-IoTThing lamp-1; New-IoTThing lamp-2; New-IoTThing car-1; New-IoTThingGroup eu; New-IoTThingGroup us
        New-IoTJobTemplate 010 -Description 'Installs it' -Document '{}'; New-IoTJobTemplate reboot -Description r -Document '{}'
        New-IoTJob fw-7 -Thing lamp-1 -Document '{}'; New-IoTJob cfg-1 -Thing lamp-1 -Document '{}'
        """).Succeeds();
    }

    public sealed class InProcess() : CompletionTests(Where.InProcess)
    {
        [Fact]
        public void A_database_in_use_elsewhere_completes_nothing_without_a_sound()
        {
            _shell.CloseDatabase();
            using var other = OtherProcess.Holds(_shell.DatabasePath);

            var time = Stopwatch.StartNew();
            Assert.DoesNotContain(Complete("Get-IoTThing lamp-"), match => match.ResultType == CompletionResultType.ParameterValue);
            Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
            Assert.Empty(_shell.Run("$Error").Output);
        }
    }

    public sealed class ThroughServer() : CompletionTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTJob f", "fw-7")]
    [InlineData("Stop-IoTJob ", "cfg-1 fw-7")]
    [InlineData("Get-IoTThing LAMP", "lamp-1 lamp-2")]
    [InlineData("Get-IoTJobExecution fw-7 -ThingName car", "car-1")]
    [InlineData("New-IoTJob x -Thing lamp-1, ", "car-1 lamp-1 lamp-2")]
    [InlineData("Get-IoTThing -Group ", "eu us")]
    [InlineData("Add-IoTThingToThingGroup lamp-1 e", "eu")]
    [InlineData("Add-IoTTargetsWithJob f", "fw-7")]
    [InlineData("Add-IoTTargetsWithJob fw-7 -Thing car", "car-1")]
    [InlineData("Add-IoTTargetsWithJob fw-7 -Group ", "eu us")]
    [InlineData("Update-IoTThingGroup e", "eu")]
    [InlineData("Update-IoTDynamicThingGroup e", "eu")]
    [InlineData("Remove-IoTDynamicThingGroup u", "us")]
    [InlineData("Update-IoTThingGroupsForThing LAMP", "lamp-1 lamp-2")]
    [InlineData("Update-IoTThingGroupsForThing lamp-1 -ThingGroupsToAdd eu, u", "us")]
    [InlineData("New-IoTJob x -TargetSelection ", "CONTINUOUS SNAPSHOT")]
    [InlineData("New-IoTJob x -EndBehavior ", "CANCEL FORCE_CANCEL STOP_ROLLOUT")]
    [InlineData("Get-IoTJobExecutionsForJobList fw-7 -Status T", "TIMED_OUT")]
    [InlineData("Get-IoTJobList -Status C", "CANCELED COMPLETED")]
    [InlineData("Update-IoTJJobExecution fw-7 lamp-1 -Status S", "SUCCEEDED")]
    [InlineData("Connect-IoTJobs x -Limits ", "Aws None")]
    [InlineData("Get-IoTEndpoint iot:J", "iot:Jobs")]
    [InlineData("Get-IoTJobTemplate ", "010 reboot")]
    [InlineData("Remove-IoTJobTemplate r", "reboot")]
    [InlineData("Get-IoTManagedJobTemplate AWS-Re", "AWS-Reboot AWS-Remove-Application AWS-Restart-Application")]
    [InlineData("Get-IoTManagedJobTemplateList AWS-D", "AWS-Download-File")]
    [InlineData("New-IoTJob x -JobTemplateArn arn:aws:iot:us-east-1:1", "arn:aws:iot:us-east-1:123456789012:jobtemplate/010 arn:aws:iot:us-east-1:123456789012:jobtemplate/reboot")]
    [InlineData("New-IoTJob x -JobTemplateArn arn:aws:iot:us-east-1::jobtemplate/AWS-D", "arn:aws:iot:us-east-1::jobtemplate/AWS-Download-File:1.0")]
    public void Tab_completes(string line, string expected) =>
        Assert.Equal(expected.Split(' '), CompleteInTime(line).Select(match => match.CompletionText.Trim('\'')).Order(StringComparer.Ordinal));

    [Fact]
    public void A_completion_tells_more_about_a_job() =>
        Assert.StartsWith("IN_PROGRESS, created ", Assert.Single(CompleteInTime("Get-IoTJob f")).ToolTip, StringComparison.Ordinal);

    [Fact]
    public void A_completion_tells_what_a_template_does() =>
        Assert.Equal("Installs it", Assert.Single(CompleteInTime("Get-IoTJobTemplate 0")).ToolTip);

    [Fact]
    public void Without_a_database_nothing_is_completed_and_none_is_made()
    {
        _shell.Run($"Connect-IoTJobs '{_shell.Folder}/none.db'").Succeeds();

        Assert.DoesNotContain(Complete("Get-IoTThing lamp-"), match => match.ResultType == CompletionResultType.ParameterValue);
        Assert.False(File.Exists(Path.Combine(_shell.Folder, "none.db")));
        Assert.Empty(_shell.Run("$Error").Output);
    }

    /// <summary>Tab answers in a moment or not at all: on a busy machine it is pressed again.</summary>
    private Collection<CompletionResult> CompleteInTime(string line)
    {
        var time = Stopwatch.StartNew();
        while (true)
        {
            var matches = Complete(line);
            if (matches.Any(match => match.ResultType == CompletionResultType.ParameterValue) || time.Elapsed > Deadline)
            {
                return matches;
            }
        }
    }

    private Collection<CompletionResult> Complete(string line) => _shell.One<CommandCompletion>($"TabExpansion2 -inputScript '{line.Replace("'", "''", StringComparison.Ordinal)}' -cursorColumn {line.Length}").CompletionMatches;
}
