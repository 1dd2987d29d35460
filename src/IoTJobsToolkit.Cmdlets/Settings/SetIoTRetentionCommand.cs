using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Sets how long ended jobs are kept with their executions and history; what is older goes at once, the activity of that time too. The database keeps it.</summary>
[Cmdlet(VerbsCommon.Set, "IoTRetention", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(int))]
public sealed class SetIoTRetentionCommand : ChangingCmdlet
{
    /// <summary>1 to 36,500.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Day", "RetentionDays")]
    [ValidateRange(1, 36_500)]
    public int Days { get; set; }

    protected override string Identity => nameof(Days);

    protected override void ProcessRecord()
    {
        var older = ConnectedTime.Now().AddDays(-Days);
        if (TryRun(new ClearJobHistory(older) { DryRun = true }, $"{Days} days", out var goes) &&
            Wants("ended jobs", $"Keep for {Days} days; {ClearIoTJobHistoryCommand.Describe(goes)} to go at once"))
        {
            AskAnew();
            Send(new UpdateRetention(Days), $"{Days} days", null, () => SettleAll("Removing executions and history"));
        }
    }
}
