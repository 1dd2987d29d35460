using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Sends a test message to the receivers of notification rules now, and tells whether it arrived.</summary>
[Cmdlet(VerbsDiagnostic.Test, "IoTNotificationRule", SupportsShouldProcess = true)]
[OutputType(typeof(TestNotificationRuleResponse))]
public sealed class TestIoTNotificationRuleCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NotificationRuleNameCompleter))]
    public string[] RuleName { get; set; } = null!;

    protected override string Identity => nameof(RuleName);

    protected override void ProcessRecord()
    {
        foreach (var name in RuleName)
        {
            if (Wants(name, "Send a test message"))
            {
                Send(new TestNotificationRule(name), name);
            }
        }
    }
}
