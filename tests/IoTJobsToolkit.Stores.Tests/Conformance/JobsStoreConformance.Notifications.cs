using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Storage;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Notification rules, and what they still have to deliver.</summary>
public abstract partial class JobsStoreConformance
{
    [Fact]
    public void A_notification_rule_comes_back_with_every_field_changes_and_goes()
    {
        var bare = new NotificationRule { Sequence = 2, Name = "bare", Events = [], CreatedAt = Time, CreatedBy = "x" };
        Commit(RuleChange(null, FullRule(1)));
        Commit(RuleChange(null, bare));
        Same([FullRule(1), bare], Store.Load().NotificationRules.OrderBy(rule => rule.Sequence));

        Commit(RuleChange(bare, FullRule(2)));
        Commit(RuleChange(FullRule(1), null));
        Same(FullRule(2), Assert.Single(Store.Load().NotificationRules));
    }

    [Fact]
    public void A_delivery_comes_back_with_every_field_changes_and_goes()
    {
        var bare = new NotificationDelivery
        {
            Sequence = 2, DeliveryId = "bare", RuleSequence = 1, RuleName = "r", Event = NotificationEvent.JOB_CREATED, JobId = "j", At = Time,
        };
        Commit(DeliveryChange(null, FullDelivery(1)));
        Commit(DeliveryChange(null, bare));
        Same([FullDelivery(1), bare], Store.Load().NotificationDeliveries.OrderBy(delivery => delivery.Sequence));

        Commit(DeliveryChange(bare, FullDelivery(2)));
        Commit(DeliveryChange(FullDelivery(1), null));
        Same(FullDelivery(2), Assert.Single(Store.Load().NotificationDeliveries));
    }

    [Fact]
    public void A_commit_that_is_wrong_about_a_rule_or_a_delivery_changes_nothing()
    {
        Commit(RuleChange(null, FullRule(1)));
        Commit(DeliveryChange(null, FullDelivery(1)));
        foreach (var wrong in new[] { RuleChange(null, FullRule(1)), RuleChange(FullRule(2), null), DeliveryChange(null, FullDelivery(1)), DeliveryChange(FullDelivery(2), FullDelivery(2)) })
        {
            wrong.Put(Job(9));
            Assert.ThrowsAny<Exception>(() => Store.Commit(wrong));
        }
        Same(FullRule(1), Assert.Single(Store.Load().NotificationRules));
        Same(FullDelivery(1), Assert.Single(Store.Load().NotificationDeliveries));
        Assert.Empty(Store.Load().Jobs);
    }

    private static JobsChanges RuleChange(NotificationRule? before, NotificationRule? after)
    {
        var changes = ChangesOf.Nothing;
        changes.NotificationRules[(after ?? before)!.Sequence] = new(before, after);
        return changes;
    }

    private static JobsChanges DeliveryChange(NotificationDelivery? before, NotificationDelivery? after)
    {
        var changes = ChangesOf.Nothing;
        changes.NotificationDeliveries[(after ?? before)!.Sequence] = new(before, after);
        return changes;
    }
}
