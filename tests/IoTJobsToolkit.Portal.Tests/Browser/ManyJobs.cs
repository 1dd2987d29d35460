using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>A store as of a database that has been used for years: jobs without end, their counters, no executions.</summary>
internal static class ManyJobs
{
    public static InMemoryJobsStore Store(int count)
    {
        var changes = new JobsChanges { NextSequence = count + 1 };
        var first = DateTimeOffset.UtcNow.AddDays(-60);
        for (var i = 1; i <= count; i++)
        {
            var at = first.AddMinutes(i);
            changes.Jobs[i] = new(null, new()
            {
                Sequence = i,
                JobId = $"wave-{i:000000}",
                Targets = [new($"arn:aws:iot:us-east-1:123456789012:thing/pump-{i}", TargetKind.Thing, $"pump-{i}", i)],
                Description = i % 2 == 0 ? "Firmware of this year" : null,
                CreatedAt = at,
                LastUpdatedAt = at,
                StartedAt = at,
            });
            changes.Progress[i] = new(null, new(i) { Counts = new(i % 7, i % 5, i % 900, i % 100, 0, 0, 0, 0) });
        }
        var store = new InMemoryJobsStore();
        store.Commit(changes);
        return store;
    }
}
