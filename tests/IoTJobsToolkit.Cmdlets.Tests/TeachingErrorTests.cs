using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class TeachingErrorTests : IDisposable
{
    private readonly Shell _shell;

    private TeachingErrorTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            New-IoTThing lamp-kitchen, lamp-hall, spare; New-IoTThingGroup europe; New-IoTJobTemplate firmware -Description d -Document '{}'
            New-IoTJob fw-7 -Thing lamp-kitchen, lamp-hall, spare -Document '{}'
            Start-IoTJNextPendingJobExecution lamp-kitchen; Start-IoTJNextPendingJobExecution lamp-hall
            """).Succeeds();
    }

    public sealed class InProcess() : TeachingErrorTests(Where.InProcess);

    public sealed class ThroughServer() : TeachingErrorTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Stop-IoTJobExecution fw-7 lamp-hall", "InvalidStateTransitionException", "The execution of job fw-7 on thing lamp-hall is IN_PROGRESS; use -Force to cancel it.")]
    [InlineData("Stop-IoTJobExecution fw-7 lamp-hall -Force -Enforce $false", "InvalidStateTransitionException", "The execution of job fw-7 on thing lamp-hall is IN_PROGRESS; use -Enforce $true to cancel it.")]
    [InlineData("Remove-IoTJobExecution fw-7 lamp-hall -Confirm:$false", "InvalidStateTransitionException", "The execution of job fw-7 on thing lamp-hall is IN_PROGRESS; use -Force to delete it.")]
    [InlineData("Remove-IoTJob fw-7 -Confirm:$false", "InvalidStateTransitionException", "Job fw-7 is IN_PROGRESS; use -Force to cancel its running executions (2 of them) and delete it, or cancel it first with Stop-IoTJob.")]
    [InlineData("Stop-IoTJob fw-7; Stop-IoTJob fw-7", "InvalidRequestException", "Job fw-7 is CANCELED already; use -Force to cancel its running executions (2 of them) too.")]
    [InlineData("Stop-IoTJob fw-7 -Force; Stop-IoTJob fw-7", "InvalidRequestException", "Job fw-7 is CANCELED already; none of its executions is running.")]
    public void What_force_would_do_is_said_with_figures(string command, string id, string message)
    {
        var error = _shell.Run(command).Fails(id);

        Assert.Equal(message, error.ErrorDetails.Message);
        Assert.StartsWith(error.Exception.Message.Split(';')[0].TrimEnd('.'), message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Of_an_execution_that_has_ended_nobody_is_told_to_force_it()
    {
        var error = _shell.Run("Stop-IoTJobExecution fw-7 spare; Stop-IoTJobExecution fw-7 spare").Fails("InvalidStateTransitionException");

        Assert.Equal("The execution of job fw-7 on thing spare is CANCELED and cannot be canceled.", error.ErrorDetails.Message);
        Assert.DoesNotContain("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void One_running_execution_is_not_counted() => Assert.Equal(
        "Job fw-8 is IN_PROGRESS; use -Force to cancel its one running execution and delete it, or cancel it first with Stop-IoTJob.",
        Message("New-IoTJob fw-8 -Thing spare -Document '{}'; Stop-IoTJobExecution fw-7 spare; Start-IoTJNextPendingJobExecution spare; Remove-IoTJob fw-8 -Confirm:$false"));

    [Fact]
    public void A_job_that_nobody_is_at_says_so() => Assert.Equal(
        "Job fw-8 is IN_PROGRESS; use -Force to delete it with its executions, or cancel it first with Stop-IoTJob.",
        Message("New-IoTJob fw-8 -Thing spare -Document '{}'; Remove-IoTJob fw-8 -Confirm:$false"));

    [Fact]
    public void An_admin_sees_the_next_step()
    {
        var shown = _shell.Run("try { Remove-IoTJob fw-7 -Confirm:$false } catch { $_ | Out-String -Width 300 }").Succeeds().Text;

        Assert.Contains("use -Force to cancel its running executions (2 of them)", string.Concat(shown), StringComparison.Ordinal);
        Assert.Contains("Recommendation:", string.Concat(shown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-IoTJob fw7", "There is no job fw7. Did you mean fw-7?")]
    [InlineData("Get-IoTJob FW-7", "There is no job FW-7. Did you mean fw-7?")]
    [InlineData("Stop-IoTJob fwi-7", "There is no job fwi-7. Did you mean fw-7?")]
    [InlineData("Get-IoTJobExecutionsForJobList f-w7", "There is no job f-w7. Did you mean fw-7?")]
    [InlineData("Get-IoTJob fw-8", "There is no job fw-8.")]
    [InlineData("Get-IoTThing lamp-hal", "There is no thing lamp-hal. Did you mean lamp-hall?")]
    [InlineData("Get-IoTThing lmap-hall", "There is no thing lmap-hall. Did you mean lamp-hall?")]
    [InlineData("Get-IoTThing Lamp-Kitchen", "There is no thing Lamp-Kitchen. Did you mean lamp-kitchen?")]
    [InlineData("Get-IoTThing something-else", "There is no thing something-else.")]
    [InlineData("Get-IoTJobExecution fw-7 spear", "There is no thing spear.")]
    [InlineData("Get-IoTJobExecution fw-7 spaer", "There is no thing spaer. Did you mean spare?")]
    [InlineData("Get-IoTJobExecution fw.7 spare", null)]
    [InlineData("Get-IoTThingGroup eurpoe", "There is no thing group eurpoe. Did you mean europe?")]
    [InlineData("New-IoTThingGroup x -ParentGroupName euorpe", "There is no thing group euorpe to be the parent. Did you mean europe?")]
    [InlineData("Get-IoTJobTemplate firmwear", "There is no job template firmwear. Did you mean firmware?")]
    [InlineData("Get-IoTManagedJobTemplate AWS-Rebot", "There is no managed job template AWS-Rebot. Did you mean AWS-Reboot?")]
    [InlineData("New-IoTJob x -Thing lamp-hal, spare -Document '{}'", "There is no target arn:aws:iot:us-east-1:123456789012:thing/lamp-hal in account 123456789012, region us-east-1. Did you mean lamp-hall?")]
    [InlineData("New-IoTJob x -Group eu-rope -Document '{}'", "There is no target arn:aws:iot:us-east-1:123456789012:thinggroup/eu-rope in account 123456789012, region us-east-1. Did you mean europe?")]
    [InlineData("Update-IoTThingGroupsForThing spare -Add eurpe", "There is no thing group eurpe. Did you mean europe?")]
    public void A_misspelled_name_is_answered_with_the_one_that_was_meant(string command, string? message)
    {
        var outcome = _shell.Run(command);
        var error = outcome.Terminated ?? Assert.Single(outcome.Errors);

        Assert.Equal(message ?? error.Exception.Message, error.ErrorDetails.Message);
        Assert.StartsWith(error.Exception.Message, error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_equally_near_are_all_said_if_they_are_few()
    {
        _shell.Run("New-IoTThing pump-a, pump-b, pump-c").Succeeds();
        Assert.EndsWith("Did you mean pump-a or pump-b or pump-c?", Message("Get-IoTThing pump-x"), StringComparison.Ordinal);

        _shell.Run("New-IoTThing pump-d").Succeeds();
        Assert.Equal("There is no thing pump-x.", Message("Get-IoTThing pump-x"));
    }

    [Fact]
    public void Who_asks_whether_there_is_something_is_not_kept_waiting() =>
        Assert.Equal("There is no thing lamp-hal.", Message("Get-IoTThing lamp-hal -ErrorAction SilentlyContinue; Write-Error $Error[0]"));

    [Fact]
    public void A_cancellation_that_leaves_executions_running_says_so()
    {
        Assert.Equal(
            ["2 executions of job fw-7 still run and go on until they end; -Force cancels them too."],
            _shell.Run("Stop-IoTJob fw-7").Succeeds().Warnings);
        Assert.Empty(_shell.Run("Stop-IoTJob fw-7 -Force").Succeeds().Warnings);

        _shell.Run("New-IoTJob fw-8 -Thing spare -Document '{}'").Succeeds();
        Assert.Empty(_shell.Run("Stop-IoTJob fw-8").Succeeds().Warnings);
        _shell.Run("New-IoTJob fw-9 -Thing spare -Document '{}'; Start-IoTJNextPendingJobExecution spare").Succeeds();
        Assert.Equal(["1 execution of job fw-9 still runs and goes on until it ends; -Enforce $true cancels it too."], _shell.Run("Stop-IoTJob fw-9 -Force -Enforce $false").Succeeds().Warnings);
    }

    [Fact]
    public void Too_many_targets_say_what_to_do_instead()
    {
        var error = _shell.Run("New-IoTThing (1..101 | ForEach-Object { \"t-$_\" }) | Out-Null; New-IoTJob x -Thing t-* -Document '{}'").Fails("LimitExceededException");

        Assert.Contains("Put the things into a thing group", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("-Group", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("y", _shell.One("Add-IoTThingToThingGroup t-* europe; New-IoTJob y -ThingGroupName europe -Document '{}'").JobId);
    }

    [Theory]
    [InlineData("New-IoTJob x -Document '{}'", "Give -Thing, -Group or -Target.")]
    [InlineData("New-IoTJob 'x y' -Thing spare -Document '{}'", "Correct -JobId.")]
    [InlineData("New-IoTJob x -Thing spare -Document '{}' -RolloutPerMinute 5000", "Correct -RolloutPerMinute.")]
    [InlineData("New-IoTJob x -Thing spare -Document '{}' -JobExecutionsRolloutConfig_MaximumPerMinute 5000", "Correct -JobExecutionsRolloutConfig_MaximumPerMinute.")]
    [InlineData("New-IoTJob x -Thing spare -Document '{}' -TimeoutMinutes 0", "Correct -TimeoutMinutes.")]
    [InlineData("New-IoTJob x -Thing spare -Document '{}' -StartAt '2001-01-01'", "Correct -StartAt.")]
    [InlineData("New-IoTJob x -Thing spare -Document '{}' -EndBehavior CANCEL", "Leave -EndBehavior out, or give what it needs beside it.")]
    [InlineData("New-IoTJob x -Thing spare -Document '{}' -MaintenanceWindow 'cron(0 22 * * ? *) 120'", "Leave -MaintenanceWindow out, or give what it needs beside it.")]
    [InlineData("Update-IoTJob fw-7 -Description ('x' * 3000)", "Correct -Description.")]
    [InlineData("New-IoTThing 'bad name'", "Correct -ThingName.")]
    public void What_the_request_calls_wrong_is_said_by_the_parameter_that_gave_it(string command, string next) =>
        Assert.Equal(next, _shell.Run(command).Fails("InvalidRequestException").ErrorDetails.RecommendedAction);

    [Theory]
    [InlineData("New-IoTJob x -Thing spare", "InvalidRequestException", "Give -Document or -DocumentPath; or -DocumentSource, -JobTemplateArn or -JobTemplate.")]
    [InlineData("New-IoTJob x -Thing spare -Document fw.json", "InvalidRequestException", "Give JSON text, a hashtable or an object as -Document, the name of a file as -DocumentPath.")]
    [InlineData("Stop-IoTJob fw-7 -Force; Stop-IoTJob fw-7 -Force", "InvalidRequestException", "Nothing is left to cancel: see its status with Get-IoTJob.")]
    [InlineData("New-IoTThing spare -Attribute @{ a = 'b' }", "ResourceAlreadyExistsException", "Choose another name, or change the existing thing with Update-IoTThing.")]
    public void The_next_step_fits_what_was_asked(string command, string id, string next) =>
        Assert.Equal(next, _shell.Run(command).Fails(id).ErrorDetails.RecommendedAction);

    private string Message(string command)
    {
        var outcome = _shell.Run(command);
        return (outcome.Terminated ?? outcome.Errors[^1]).ErrorDetails.Message;
    }
}
