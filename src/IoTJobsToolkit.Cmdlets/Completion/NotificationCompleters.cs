using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Names of notification rules.</summary>
public sealed class NotificationRuleNameCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) => search.AddPages(async token =>
    {
        var page = await lease.Jobs.ExecuteAsync(new ListNotificationRules { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Rules.Select(rule => (rule.RuleName, (string?)string.Join(", ", rule.Events))), page.NextToken);
    });
}

/// <summary>Ids of what has not been delivered.</summary>
public sealed class DeliveryIdCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) => search.AddPages(async token =>
    {
        var page = await lease.Jobs.ExecuteAsync(new ListNotificationDeliveries { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Deliveries.Select(delivery => (delivery.DeliveryId, (string?)$"{delivery.RuleName}: {delivery.Event} of {delivery.JobId}, {delivery.Status}")), page.NextToken);
    });
}
