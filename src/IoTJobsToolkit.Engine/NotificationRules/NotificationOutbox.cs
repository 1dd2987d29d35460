using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>
/// Adds to each commit the messages that tell of it: what was committed is told, and what was not is not, wherever the process ends. Executions of a job that
/// end within a few seconds of each other are told together.
/// </summary>
internal static class NotificationOutbox
{
    /// <summary>Of each rule, dead letters included: a receiver that is away costs no more than that.</summary>
    public const int MaxDeliveries = 500;

    /// <summary>For which executions are gathered into one message.</summary>
    public static readonly TimeSpan GatherTime = TimeSpan.FromSeconds(10);

    private const int MaxDetails = 500;

    /// <param name="now">Not the instant that is being worked off, which may be long ago, but the present one.</param>
    public static void Fill(JobsTransaction tx, DateTimeOffset now)
    {
        var shelf = tx.Memory.Notifications.Now;
        if (!shelf.Rules.Values.Any(rule => rule.IsEnabled))
        {
            return;
        }
        foreach (var happening in Happenings.Of(tx))
        {
            foreach (var rule in shelf.Rules.Values.Where(rule => rule.Wants(happening.Event, happening.JobId)))
            {
                Put(tx, shelf, rule, happening, now);
            }
        }
    }

    private static void Put(JobsTransaction tx, NotificationShelf.Contents shelf, NotificationRule rule, Happening happening, DateTimeOffset now)
    {
        var executions = happening.Executions.Select(execution => new NotifiedExecution(execution.ThingName, execution.Number));
        if (happening.Executions.Count > 0 && shelf.Of(rule).FirstOrDefault(delivery =>
            delivery.Event == happening.Event && delivery.JobId == happening.JobId && delivery.Attempts == 0 && delivery.DueAt > now) is { } open)
        {
            Save(tx, open, open.With(happening.Executions.Count, executions));
            return;
        }
        MakeRoom(tx, shelf, rule);
        var sequence = tx.NextSequence();
        Save(tx, null, new NotificationDelivery
        {
            Sequence = sequence,
            DeliveryId = tx.Settings.ResourceId($"notification:{rule.CreatedAt.ToUnixTimeMilliseconds()}", sequence),
            RuleSequence = rule.Sequence,
            RuleName = rule.Name,
            Event = happening.Event,
            JobId = happening.JobId,
            At = happening.At,
            By = happening.By,
            Details = happening.Details is { } details ? Activities.ActivityNote.Shorten(details, MaxDetails) : null,
            DueAt = happening.Executions.Count > 0 ? now + GatherTime : now,
        }.With(happening.Executions.Count, executions));
    }

    /// <summary>The oldest give way, those first that nobody tries any more.</summary>
    private static void MakeRoom(JobsTransaction tx, NotificationShelf.Contents shelf, NotificationRule rule)
    {
        var changes = tx.Changes.NotificationDeliveries;
        var added = changes.Values.Count(change => change is (null, { } after) && after.RuleSequence == rule.Sequence);
        var gone = changes.Values.Count(change => change is ({ } before, null) && before.RuleSequence == rule.Sequence);
        if (shelf.OfRules.GetValueOrDefault(rule.Sequence, []).Count + added - gone < MaxDeliveries)
        {
            return;
        }
        if (shelf.Of(rule).Where(delivery => !changes.ContainsKey(delivery.Sequence)).OrderBy(delivery => !delivery.IsDead).FirstOrDefault() is { } oldest)
        {
            Save(tx, oldest, null);
            var latest = tx.Changes.NotificationRules.TryGetValue(rule.Sequence, out var change) ? change.After ?? rule : rule;
            JobsChanges.Put(tx.Changes.NotificationRules, rule.Sequence, rule, latest with { DroppedDeliveries = latest.DroppedDeliveries + 1 });
        }
    }

    private static void Save(JobsTransaction tx, NotificationDelivery? before, NotificationDelivery? after) =>
        JobsChanges.Put(tx.Changes.NotificationDeliveries, (after ?? before)!.Sequence, before, after);
}
