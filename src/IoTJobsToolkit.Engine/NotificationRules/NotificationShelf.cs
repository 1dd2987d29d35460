using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>All rules and what still has to be delivered, as of the last commit. Any thread reads; only the store's thread writes.</summary>
internal sealed class NotificationShelf
{
    private volatile Contents _now;

    public NotificationShelf(IEnumerable<NotificationRule> rules, IEnumerable<NotificationDelivery> deliveries)
    {
        var all = deliveries.ToImmutableSortedDictionary(delivery => delivery.Sequence, delivery => delivery);
        _now = new(
            rules.ToImmutableSortedDictionary(rule => rule.Name, rule => rule, StringComparer.Ordinal),
            all,
            all.Values.GroupBy(delivery => delivery.RuleSequence).ToImmutableDictionary(
                group => group.Key, group => group.Select(delivery => delivery.Sequence).ToImmutableSortedSet()),
            [.. all.Values.Where(delivery => !delivery.IsDead).Select(delivery => (delivery.DueAt!.Value, delivery.Sequence))]);
    }

    public Contents Now => _now;

    public void Publish(JobsChanges changes)
    {
        if (changes.NotificationRules.Count + changes.NotificationDeliveries.Count == 0)
        {
            return;
        }
        var (rules, deliveries, ofRules, due) = _now;
        foreach (var (before, after) in changes.NotificationRules.Values)
        {
            rules = after is null ? rules.Remove(before!.Name) : rules.SetItem(after.Name, after);
        }
        foreach (var (before, after) in changes.NotificationDeliveries.Values)
        {
            var any = (after ?? before)!;
            var ofRule = ofRules.GetValueOrDefault(any.RuleSequence, []);
            ofRule = after is null ? ofRule.Remove(any.Sequence) : ofRule.Add(any.Sequence);
            ofRules = ofRule.IsEmpty ? ofRules.Remove(any.RuleSequence) : ofRules.SetItem(any.RuleSequence, ofRule);
            deliveries = after is null ? deliveries.Remove(any.Sequence) : deliveries.SetItem(any.Sequence, after);
            due = before?.DueAt is { } old ? due.Remove((old, before.Sequence)) : due;
            due = after?.DueAt is { } next ? due.Add((next, after.Sequence)) : due;
        }
        _now = new(rules, deliveries, ofRules, due);
    }

    /// <param name="Rules">By name.</param>
    /// <param name="Deliveries">By sequence, which is the order of what they tell.</param>
    /// <param name="OfRules">Sequences of deliveries by that of their rule.</param>
    /// <param name="Due">What is to be tried, earliest first.</param>
    internal sealed record Contents(
        ImmutableSortedDictionary<string, NotificationRule> Rules,
        ImmutableSortedDictionary<long, NotificationDelivery> Deliveries,
        ImmutableDictionary<long, ImmutableSortedSet<long>> OfRules,
        ImmutableSortedSet<(DateTimeOffset At, long Sequence)> Due)
    {
        public IEnumerable<NotificationDelivery> Of(NotificationRule rule) => OfRules.GetValueOrDefault(rule.Sequence, []).Select(sequence => Deliveries[sequence]);
    }
}
