using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class NotificationTests : IDisposable
{
    private readonly Shell _shell;

    private NotificationTests(Where where)
    {
        _shell = new(where);
        Fleet.AddDeadLetter(_shell.DatabasePath, "told");
    }

    public sealed class InProcess() : NotificationTests(Where.InProcess);

    public sealed class ThroughServer() : NotificationTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_rule_is_made_changed_and_removed_and_its_secret_is_written_once()
    {
        var made = _shell.One<CreateNotificationRuleResponse>("New-IoTNotificationRule hook JOB_ABORTED, JOB_PAUSED -JobIdPattern 'fw-*' -Url http://127.0.0.1:9/hook");
        Assert.StartsWith("whsec_", made.Secret, StringComparison.Ordinal);

        _shell.Run("Set-IoTNotificationRule hook JOB_CREATED -Enabled $false -JobIdPattern ''").IsSilent();
        var renewed = _shell.One<UpdateNotificationRuleResponse>("Get-IoTNotificationRule hook | Set-IoTNotificationRule -RenewSecret");
        Assert.NotEqual(made.Secret, renewed.Secret);

        var rule = _shell.One<NotificationRuleSummary>("Get-IoTNotificationRule hook");
        Assert.Equal((false, null, "http://127.0.0.1:9/hook"), (rule.Enabled, rule.JobIdPattern, rule.Url));
        Assert.Equal([NotificationEvent.JOB_CREATED], rule.Events);
        Assert.DoesNotContain(_shell.Run("Get-IoTNotificationRule | Format-List * | Out-String").Succeeds().Text, text => text.Contains("whsec_", StringComparison.Ordinal));
        _shell.Run("Remove-IoTNotificationRule hook -Force").IsSilent();
        Assert.Equal("told", _shell.One<NotificationRuleSummary>("Get-IoTNotificationRule").RuleName);
    }

    [Fact]
    public void A_test_tells_why_a_message_did_not_arrive()
    {
        var tested = _shell.One<TestNotificationRuleResponse>("Test-IoTNotificationRule told");

        Assert.False(tested.Delivered);
        Assert.Contains("server", tested.Error, StringComparison.Ordinal);
        Assert.Equal(tested.Error, _shell.One<NotificationRuleSummary>("Get-IoTNotificationRule told").LastError);
    }

    [Fact]
    public void Dead_letters_are_listed_sent_again_and_removed()
    {
        var dead = _shell.One<NotificationDeliverySummary>("Get-IoTNotificationDelivery told -Status DEAD");
        Assert.Equal(("letter-1", 8, "fw-6"), (dead.DeliveryId, dead.Attempts, dead.JobId));

        Assert.Equal("letter-1", _shell.One<string>("Get-IoTNotificationDelivery | Restart-IoTNotificationDelivery -PassThru"));
        Assert.Empty(_shell.Run("Get-IoTNotificationDelivery -Status DEAD").Succeeds().Output);
        _shell.Run("Remove-IoTNotificationDelivery letter-1 -Force").IsSilent();
        Assert.Empty(_shell.Run("Get-IoTNotificationDelivery").Succeeds().Output);
    }

    [Theory]
    [InlineData("Set-IoTNotificationRule missing JOB_CREATED", "ResourceNotFoundException", "Get-IoTNotificationRule")]
    [InlineData("Get-IoTNotificationRule missing", "ResourceNotFoundException", "Get-IoTNotificationRule")]
    [InlineData("Restart-IoTNotificationDelivery missing", "ResourceNotFoundException", "Get-IoTNotificationDelivery")]
    [InlineData("New-IoTNotificationRule told JOB_CREATED -EmailAddress a@example.com", "ConflictException", "Set-IoTNotificationRule")]
    [InlineData("Set-IoTNotificationRule told -RenewSecret", "InvalidRequestException", "Correct the parameter")]
    public void A_refusal_says_what_to_do(string command, string id, string step) =>
        Assert.Contains(step, _shell.Run(command).Fails(id).ErrorDetails.RecommendedAction, StringComparison.Ordinal);
}
