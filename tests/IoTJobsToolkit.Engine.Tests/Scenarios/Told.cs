using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Listens to the events of AWS which an engine raises, across its restarts.</summary>
internal sealed class Told(TestEngine engine) : IDisposable
{
    private readonly List<JobsEvent> _events = [];
    private JobsSubscription _feed = engine.Engine.Subscribe(100_000);

    /// <summary>Both families on, and an ear to them.</summary>
    public static async Task<Told> By(TestEngine engine)
    {
        await Switch(engine, EventType.JOB, EventType.JOB_EXECUTION);
        return new(engine);
    }

    public static Task Switch(TestEngine engine, params EventType[] on) => engine.Run(new UpdateEventConfigurations
    {
        EventConfigurations = Enum.GetValues<EventType>().ToDictionary(
            type => type.ToString(), EventConfiguration? (type) => new() { Enabled = on.Contains(type) }),
    });

    /// <summary>What was raised since the last look, in order.</summary>
    public List<JobsEvent> Events()
    {
        Listen();
        var events = _events.ToList();
        _events.Clear();
        return events;
    }

    /// <summary>The same as lines: <c>B canceled</c> for an execution, <c>job canceled</c> for a job.</summary>
    public List<string> Lines() => [.. Events().Select(Line)];

    public static string Line(JobsEvent what) => what switch
    {
        JobEvent job => $"job {job.Status.ToString().ToLowerInvariant()}",
        JobExecutionEvent execution => $"{execution.Execution.ThingName} {execution.Status.ToString().ToLowerInvariant()}",
        _ => what.ToString(),
    };

    /// <summary>Restarts the engine; what it told before is kept.</summary>
    public void Restart(JobsSettings? settings = null)
    {
        engine.Engine.Dispose();
        Listen();
        engine.Restart(settings, started => _feed = started.Subscribe(100_000));
    }

    public void Dispose() => _feed.Dispose();

    private void Listen()
    {
        while (_feed.Batches.TryRead(out var batch))
        {
            Assert.False(batch.Missed);
            _events.AddRange(batch.Events.Where(what => what is JobEvent or JobExecutionEvent));
        }
    }
}
