using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists notification rules by name, with how each went last. Secrets are not shown: nobody can read them again.</summary>
[Cmdlet(VerbsCommon.Get, "IoTNotificationRule")]
[OutputType(typeof(NotificationRuleSummary))]
public sealed class GetIoTNotificationRuleCommand : ListingCmdlet
{
    /// <summary>One rule alone.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NotificationRuleNameCompleter))]
    public string? RuleName { get; set; }

    protected override void ProcessRecord() => List(
        RuleName ?? "notification rules",
        nameof(ListNotificationRulesResponse.Rules),
        token => new ListNotificationRules { RuleName = RuleName, MaxResults = MaxResult, NextToken = token },
        response => response.NextToken);
}
