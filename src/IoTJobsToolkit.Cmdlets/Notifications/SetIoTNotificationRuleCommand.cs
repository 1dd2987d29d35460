using System.Management.Automation;
using System.Security;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Changes notification rules: what is not named stays as it is. It writes nothing, but with -RenewSecret the new secret, this once.</summary>
[Cmdlet(VerbsCommon.Set, "IoTNotificationRule", SupportsShouldProcess = true)]
[OutputType(typeof(UpdateNotificationRuleResponse))]
public sealed class SetIoTNotificationRuleCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NotificationRuleNameCompleter))]
    public string[] RuleName { get; set; } = null!;

    /// <summary>What is told, in place of what was.</summary>
    [Parameter(Position = 1)]
    public NotificationEvent[]? Event { get; set; }

    /// <summary>Job ids with * and ?; empty for all jobs.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? JobIdPattern { get; set; }

    /// <summary>Where webhooks go, in place of the receiver until now.</summary>
    [Parameter]
    public string? Url { get; set; }

    /// <summary>In place of the receiver until now.</summary>
    [Parameter]
    public string? EmailAddress { get; set; }

    /// <summary>What webhooks are signed with from now on.</summary>
    [Parameter]
    public SecureString? Secret { get; set; }

    /// <summary>Makes another secret and writes it.</summary>
    [Parameter]
    public SwitchParameter RenewSecret { get; set; }

    /// <summary>False: nothing new is told until it is true again; what is under way is still delivered.</summary>
    [Parameter]
    public bool? Enabled { get; set; }

    protected override string Identity => nameof(RuleName);

    protected override void ProcessRecord()
    {
        foreach (var name in RuleName)
        {
            if (Wants(name, "Change notification rule"))
            {
                Send(
                    new UpdateNotificationRule(name)
                    {
                        Events = Event,
                        JobIdPattern = JobIdPattern,
                        Url = Url,
                        EmailAddress = EmailAddress,
                        Secret = Secret is null ? null : AccountPassword.Of(Secret),
                        RenewSecret = RenewSecret ? true : null,
                        Enabled = Enabled,
                    },
                    name,
                    RenewSecret ? Selection.Whole : null);
            }
        }
    }
}
