using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>A large fleet, stored in one commit: registering things one by one would take minutes.</summary>
internal static class Fleet
{
    /// <summary>Things <c>t000000</c> and on, and a group <c>fleet</c>.</summary>
    /// <param name="inGroup">Whether the things are in the group.</param>
    public static void Create(string databasePath, int things, bool inGroup = true)
    {
        using var store = LiteDbJobsStore.Open(databasePath, TimeProvider.System);
        var sequence = store.Load().NextSequence;
        var changes = new JobsChanges();
        var group = new ThingGroup { Sequence = sequence++, Name = "fleet", CreatedAt = TimeProvider.System.GetUtcNow() };
        changes.Groups[group.Sequence] = new(null, group);
        for (var i = 0; i < things; i++)
        {
            var thing = new Thing { Sequence = sequence++, Name = $"t{i:D6}", Groups = inGroup ? [group.Sequence] : [] };
            changes.Things[thing.Name] = new(null, thing);
            if (inGroup)
            {
                changes.Members[(group.Sequence, thing.Name)] = new(group.Sequence, thing.Name, thing.Sequence, sequence++);
            }
        }
        changes.NextSequence = sequence;
        store.Commit(changes);
    }

    /// <summary>A job for the thing <c>held</c>, which <paramref name="author"/> has made and somebody else has to approve.</summary>
    public static void AddJobToApprove(string databasePath, string jobId, string author)
    {
        using var store = LiteDbJobsStore.Open(databasePath, TimeProvider.System);
        using var engine = new JobsEngine(store, TimeProvider.System, new(), JobsServices.None);
        var jobs = engine.As(Caller.Operator(author));
        var thing = jobs.ExecuteAsync(new CreateThing("held"), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        var job = new CreateJob(jobId, [thing.ThingArn]) { Document = "{}" };
        jobs.ExecuteAsync(new CreateControlledJob(job) { RequireApproval = true }, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>A rule that tells nothing more, with a message that nobody took; returns that one's id.</summary>
    public static string AddDeadLetter(string databasePath, string ruleName)
    {
        using var store = LiteDbJobsStore.Open(databasePath, TimeProvider.System);
        var sequence = store.Load().NextSequence;
        var at = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var rule = new NotificationRule
        {
            Sequence = sequence, Name = ruleName, Events = [NotificationEvent.JOB_ABORTED], JobIdPattern = "none", EmailAddress = "on-call@example.com",
            CreatedAt = at, CreatedBy = "ada",
        };
        var delivery = new NotificationDelivery
        {
            Sequence = sequence + 1, DeliveryId = "letter-1", RuleSequence = sequence, RuleName = ruleName, Event = NotificationEvent.JOB_ABORTED, JobId = "fw-6",
            At = at, Attempts = NotificationDelivery.MaxAttempts, LastAttemptAt = at, LastError = "The receiver answered 500 InternalServerError.",
        };
        var changes = new JobsChanges { NextSequence = sequence + 2 };
        changes.NotificationRules[rule.Sequence] = new(null, rule);
        changes.NotificationDeliveries[delivery.Sequence] = new(null, delivery);
        store.Commit(changes);
        return delivery.DeliveryId;
    }

    /// <summary>Jobs <c>ended-00000</c> and on, without executions, which were canceled some time ago.</summary>
    public static void AddEndedJobs(string databasePath, int jobs, TimeSpan ago)
    {
        using var store = LiteDbJobsStore.Open(databasePath, TimeProvider.System);
        var sequence = store.Load().NextSequence;
        var ended = DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow() - ago).ToUnixTimeSeconds());
        var changes = new JobsChanges();
        for (var i = 0; i < jobs; i++)
        {
            var job = new Job
            {
                Sequence = sequence++, JobId = $"ended-{i:D5}", Targets = [], Status = JobStatus.CANCELED, CreatedAt = ended, LastUpdatedAt = ended,
            };
            changes.Jobs[job.Sequence] = new(null, job);
            changes.Progress[job.Sequence] = new(null, new JobProgress(job.Sequence));
            changes.Documents[job.Sequence] = "{}";
        }
        changes.NextSequence = sequence;
        store.Commit(changes);
    }
}
