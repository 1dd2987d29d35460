using System.Management.Automation;
using System.Security;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Has somebody told of chosen events of jobs, by a signed webhook or by e-mail. A webhook's secret is shown this once.</summary>
[Cmdlet(VerbsCommon.New, "IoTNotificationRule", SupportsShouldProcess = true, DefaultParameterSetName = Webhook)]
[OutputType(typeof(CreateNotificationRuleResponse))]
public sealed class NewIoTNotificationRuleCommand : ChangingCmdlet
{
    private const string Webhook = "Webhook";
    private const string Mail = "Mail";

    /// <summary>1 to 64 letters, digits, _ and -.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string RuleName { get; set; } = null!;

    /// <summary>What is told.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Events")]
    public NotificationEvent[] Event { get; set; } = null!;

    /// <summary>Job ids with * and ?; all jobs when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? JobIdPattern { get; set; }

    /// <summary>Where the webhook goes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Webhook, ValueFromPipelineByPropertyName = true)]
    public string Url { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = Mail, ValueFromPipelineByPropertyName = true)]
    public string EmailAddress { get; set; } = null!;

    /// <summary>What the webhook is signed with: whsec_ and 24 to 64 bytes in base64; made when absent.</summary>
    [Parameter(ParameterSetName = Webhook)]
    public SecureString? Secret { get; set; }

    protected override string Identity => nameof(RuleName);

    protected override void ProcessRecord()
    {
        if (Wants(RuleName, $"Create notification rule for {string.Join(", ", Event)}"))
        {
            Send(
                new CreateNotificationRule(RuleName, Event)
                {
                    JobIdPattern = JobIdPattern,
                    Url = ParameterSetName == Webhook ? Url : null,
                    EmailAddress = ParameterSetName == Mail ? EmailAddress : null,
                    Secret = Secret is null ? null : AccountPassword.Of(Secret),
                },
                RuleName);
        }
    }
}
