using System.Collections.Concurrent;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>Devices that listen: all of them, or those that a test names.</summary>
internal sealed class Ears : IThingAudience
{
    private readonly ConcurrentQueue<string> _asked = new();

    public Func<string, bool> Hears { get; set; } = _ => true;

    /// <summary>The things that were asked about since the last look.</summary>
    public List<string> Asked()
    {
        var asked = new List<string>();
        while (_asked.TryDequeue(out var thing))
        {
            asked.Add(thing);
        }
        return asked;
    }

    public bool IsHeard(string thingName)
    {
        _asked.Enqueue(thingName);
        return Hears(thingName);
    }
}

/// <summary>What an engine tells things, as lines: <c>a: notify j#1 QUEUED, next j#1</c>; a namespace is shown as <c>a/ns</c>.</summary>
internal sealed class Heard(TestEngine engine) : IDisposable
{
    private readonly JobsSubscription _feed = engine.Engine.Subscribe(100_000);

    /// <summary>The batches since the last look.</summary>
    public List<JobsEventBatch> Batches()
    {
        var batches = new List<JobsEventBatch>();
        while (_feed.Batches.TryRead(out var batch))
        {
            Assert.False(batch.Missed);
            batches.Add(batch);
        }
        return batches;
    }

    public List<PendingChanged> Notices() => [.. Batches().SelectMany(batch => batch.Events).OfType<PendingChanged>()];

    /// <summary>Lets the engine do what is due, and reads what was told since the last look.</summary>
    public async Task<List<string>> Lines()
    {
        await engine.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        return [.. Notices().Select(Line)];
    }

    public async Task Clear() => await Lines();

    public static string Line(PendingChanged notice) => string.Join(' ', new[]
    {
        notice.ThingName + (notice.NamespaceId is { } name ? $"/{name}" : "") + ":",
        notice.Pending is { } pending ? $"notify [{string.Join(' ', pending.InProgressJobs.Select(e => $"{e.JobId}#{e.ExecutionNumber}*").Concat(pending.QueuedJobs.Select(e => $"{e.JobId}#{e.ExecutionNumber}")))}]" : null,
        notice.IsNextChanged ? $"next {Name(notice.Next)}" : null,
    }.OfType<string>());

    public void Dispose() => _feed.Dispose();

    private static string Name(DeviceJobExecution? execution) => execution is null ? "-" : $"{execution.JobId}#{execution.ExecutionNumber}";
}
