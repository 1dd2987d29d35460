using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ErrorTests : IDisposable
{
    private readonly Shell _shell;

    private ErrorTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
        New-IoTThing lamp; New-IoTThing spare; New-IoTJob fw-7 -Thing lamp, spare -Document '{}'
        Start-IoTJNextPendingJobExecution lamp; Stop-IoTJobExecution fw-7 spare
        New-IoTJobTemplate 010 -Description d -Document '{}'
        """).Succeeds();
    }

    public sealed class InProcess() : ErrorTests(Where.InProcess);

    public sealed class ThroughServer() : ErrorTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void What_was_refused_is_told_before_the_next_one_is_asked_about() => Assert.Equal(
        "VerboseRecord ErrorRecord VerboseRecord",
        _shell.One("(Stop-IoTJob none, fw-7 -Force -Verbose 4>&1 2>&1 | ForEach-Object { $_.GetType().Name }) -join ' '"));

    [Theory]
    [InlineData("Get-IoTJob none", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "none", "Get-IoTJob")]
    [InlineData("Get-IoTThing none", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "none", "Get-IoTThing")]
    [InlineData("Get-IoTThingGroup none", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "none", "Get-IoTThingGroup")]
    [InlineData("New-IoTJob fw-7 -Thing lamp -Document '{}'", "ResourceAlreadyExistsException", ErrorCategory.ResourceExists, "fw-7", "-JobId")]
    [InlineData("New-IoTThing lamp -Attribute @{ a = 1 }", "ResourceAlreadyExistsException", ErrorCategory.ResourceExists, "lamp", "Update-")]
    [InlineData("New-IoTThing x -BillingGroupName b", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "x", "-BillingGroupName")]
    [InlineData("New-IoTJob x -Thing lamp -Document 'no JSON'", "InvalidRequestException", ErrorCategory.InvalidArgument, "x", "-DocumentPath")]
    [InlineData("New-IoTJob 'not valid' -Thing lamp -Document '{}'", "InvalidRequestException", ErrorCategory.InvalidArgument, "not valid", "Correct -JobId.")]
    [InlineData("Stop-IoTJobExecution fw-7 lamp", "InvalidStateTransitionException", ErrorCategory.InvalidOperation, "lamp", "-Force")]
    [InlineData("Remove-IoTJobExecution fw-7 lamp -Confirm:$false", "InvalidStateTransitionException", ErrorCategory.InvalidOperation, "lamp", "-Force")]
    [InlineData("Remove-IoTJob fw-7 -Confirm:$false", "InvalidStateTransitionException", ErrorCategory.InvalidOperation, "fw-7", "-Force")]
    [InlineData("Update-IoTJJobExecution fw-7 lamp FAILED -ExpectedVersion 9", "InvalidStateTransitionException", ErrorCategory.InvalidOperation, "lamp", "version")]
    [InlineData("Update-IoTThing lamp -ExpectedVersion 9 -Attribute @{ a = 1 }", "VersionConflictException", ErrorCategory.InvalidOperation, "lamp", "version")]
    [InlineData("New-IoTJobTemplate 010 -Description d -Document '{}'", "ConflictException", ErrorCategory.ResourceExists, "010", "Remove-IoTJobTemplate")]
    [InlineData("New-IoTJobTemplate 011 -Description d", "InvalidRequestException", ErrorCategory.InvalidArgument, "011", "message")]
    [InlineData("Get-IoTJobTemplate none", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "none", "Get-IoTJobTemplateList")]
    [InlineData("Remove-IoTJobTemplate none -Force", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "none", "Get-IoTJobTemplateList")]
    [InlineData("Get-IoTManagedJobTemplate none", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "none", "Get-IoTManagedJobTemplateList")]
    [InlineData("Get-IoTManagedJobTemplateList none", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "none", "Get-IoTManagedJobTemplateList")]
    [InlineData("New-IoTJob x -Thing lamp -JobTemplateArn arn:aws:iot:us-east-1::jobtemplate/AWS-Reboot:9.9", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "x", "Get-IoTManagedJobTemplateList")]
    [InlineData("Get-IoTTagListForResource arn:aws:iot:us-east-1:123456789012:job/none", "ResourceNotFoundException", ErrorCategory.ObjectNotFound, "arn:aws:iot:us-east-1:123456789012:job/none", "ARN")]
    [InlineData("Add-IoTResourceTag arn:aws:iot:us-east-1:123456789012:job/fw-7 -Tag @(1..51 | ForEach-Object { @{ Key = \"k$_\" } })", "LimitExceededException", ErrorCategory.LimitsExceeded, "arn:aws:iot:us-east-1:123456789012:job/fw-7", "Remove-IoTResourceTag")]
    [InlineData("Get-IoTJJobExecution fw-7 spare", "TerminalStateException", ErrorCategory.InvalidOperation, "spare", "Get-IoTJobExecution")]
    public void A_refusal_says_what_why_and_what_next(string command, string id, ErrorCategory category, string target, string next)
    {
        var error = _shell.Run(command).Fails(id);

        Assert.Matches($"^{id},IoTJobsToolkit\\.Cmdlets\\.[A-Za-z]+Command$", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
        Assert.Contains(next, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith(error.Exception.Message.Split(';')[0], error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_id_names_the_cmdlet() => Assert.Equal(
        "InvalidRequestException,IoTJobsToolkit.Cmdlets.StopIoTJobCommand",
        _shell.Run("Stop-IoTJob fw-7; Stop-IoTJob fw-7").Fails("InvalidRequestException").FullyQualifiedErrorId);

    [Fact]
    public void More_things_than_a_job_may_target_are_refused_with_the_way_out()
    {
        var error = _shell.Run("1..101 | ForEach-Object { New-IoTThing \"t-$_\" } | New-IoTJob -JobId fw-8 -Document '{}'")
            .Fails("LimitExceededException");

        Assert.Equal(ErrorCategory.LimitsExceeded, error.CategoryInfo.Category);
        Assert.Contains("group", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-Group", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        _shell.LiftLimits();
        Assert.Equal("fw-8", _shell.One("Get-IoTThing t-* | New-IoTJob -JobId fw-8 -Document '{}'").JobId);
    }

    [Fact]
    public void One_refusal_does_not_end_the_pipeline()
    {
        var outcome = _shell.Run("'none', 'fw-7', 'neither' | Get-IoTJob");

        Assert.Single(outcome.Output);
        Assert.Equal(["none", "neither"], outcome.Errors.Select(error => error.TargetObject));
        Assert.Null(outcome.Terminated);
    }

    [Fact]
    public void A_report_that_did_not_fit_carries_the_real_state() => Assert.Equal(
        ["QUEUED 1"],
        _shell.Run("""
            New-IoTJob fw-9 -Thing spare -Document '{}' | ForEach-Object { }
            try { Update-IoTJJobExecution fw-9 spare SUCCEEDED -ExpectedVersion 9 -ErrorAction Stop }
            catch { $state = $_.Exception.ExecutionState; "$($state.Status) $($state.VersionNumber)" }
            """).Text);

    [Fact]
    public void A_script_can_stop_at_a_refusal() =>
        Assert.NotNull(_shell.Run("Get-IoTJob none -ErrorAction Stop; 'not reached'").Terminated);

    [Fact]
    public void A_document_that_cannot_be_read_is_named()
    {
        var error = _shell.Run("New-IoTJob x -Thing lamp -DocumentPath ./none.json").Fails("DocumentNotReadable");
        Assert.Equal("./none.json", error.TargetObject);
    }

    [Theory]
    [InlineData("Get-IoTJob $null")]
    [InlineData("Get-IoTThing ''")]
    [InlineData("Remove-IoTThing $null -Force")]
    public void An_unset_variable_never_means_all(string command) => Assert.NotNull(_shell.Run(command).Terminated ?? _shell.Run(command).Errors[0]);

    [Fact]
    public void Strict_scripts_work() => _shell.Run("""
        Set-StrictMode -Version Latest
        Get-IoTJob | Out-Default; Get-IoTThing | Out-Default; Get-IoTJobExecutionsForJobList fw-7 | ForEach-Object QueuedAt
        """).Succeeds();
}
