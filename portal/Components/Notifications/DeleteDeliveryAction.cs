using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Actions;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Notifications;

/// <summary>Gives up a message that has not arrived.</summary>
public sealed record DeleteDeliveryAction(string DeliveryId) : OperatorAction
{
    public override string Label => "Remove";

    public override string Question => "Remove this message?";

    public override LiveScope Scope => LiveScope.Notifications;

    public override Task<ActionEffect> LookAsync(IJobs jobs) => Task.FromResult(new ActionEffect("Its receiver will not be told of this. The rule goes on.", "Remove the message"));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        await jobs.ExecuteAsync(new DeleteNotificationDelivery(DeliveryId));
        return "The message is removed.";
    }
}
