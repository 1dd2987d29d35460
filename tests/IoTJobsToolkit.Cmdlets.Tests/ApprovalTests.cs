using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Jobs that somebody else has to approve: "theirs" is ada's, "mine" is of who runs the tests.</summary>
public abstract class ApprovalTests : IDisposable
{
    private readonly Shell _shell;

    private ApprovalTests(Where where)
    {
        _shell = new(where);
        Fleet.AddJobToApprove(_shell.DatabasePath, "theirs", "ada");
        _shell.Run("$null = New-IoTThing lamp; $null = New-IoTJob mine -Thing lamp -Document '{}' -RequireApproval -ApprovalWithin 2:00:00").Succeeds();
    }

    public sealed class InProcess() : ApprovalTests(Where.InProcess);

    public sealed class ThroughServer() : ApprovalTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void What_waits_is_listed_with_its_author_and_until_when()
    {
        Assert.Equal(["mine", "theirs"], _shell.Run("(Get-IoTJobApproval -MaxResult 1).JobId").Succeeds().Text);
        var mine = _shell.One<JobApprovalRequest>("Get-IoTJob mine | Get-IoTJobApproval");
        Assert.Equal(TimeSpan.FromHours(2), mine.ExpiresAt - mine.RequestedAt);
        Assert.Equal("ada", _shell.One<JobApprovalRequest>("Get-IoTJobApproval theirs").RequestedBy);
        Assert.Contains("ada", _shell.Show("Get-IoTJobApproval"), StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-IoTJPendingJobExecution lamp -Select QueuedJobs").Succeeds().Output);
    }

    [Fact]
    public void What_another_has_asked_for_begins_once_it_is_approved()
    {
        Assert.Equal(["theirs"], _shell.Run("Get-IoTJobApproval | Where-Object RequestedBy -eq ada | Approve-IoTJob -Comment fine -PassThru").Succeeds().Text);

        Assert.Empty(_shell.Run("Get-IoTJobApproval theirs").Succeeds().Output);
        Assert.Equal("theirs", _shell.One("Start-IoTJNextPendingJobExecution held").JobId);
    }

    [Fact]
    public void Wildcards_stand_for_what_waits_and_what_is_denied_is_canceled()
    {
        Assert.Equal(["mine"], _shell.Run("Deny-IoTJob m* -Comment 'wrong week' -PassThru").Succeeds().Text);

        Assert.Equal(["CANCELED APPROVAL_DENIED wrong week"], _shell.Run("Get-IoTJob mine | ForEach-Object { \"$($_.Status) $($_.Job.ReasonCode) $($_.Job.Comment)\" }").Succeeds().Text);
    }

    [Theory]
    [InlineData("Approve-IoTJob mine", "AccessDeniedException", "somebody else has to approve it")]
    [InlineData("Deny-IoTJob mine; Approve-IoTJob mine", "InvalidRequestException", "it was denied")]
    [InlineData("Approve-IoTJob their", "ResourceNotFoundException", "theirs")]
    [InlineData("New-IoTJob x -Thing lamp -Document '{}' -ApprovalWithin 5", "InvalidRequestException", "requireApproval is not")]
    public void What_cannot_be_is_refused_with_the_reason(string command, string id, string words) =>
        Assert.Contains(words, _shell.Run(command).Fails(id).ToString(), StringComparison.Ordinal);
}
