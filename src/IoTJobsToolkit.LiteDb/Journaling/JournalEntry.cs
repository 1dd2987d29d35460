using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb.Mapping;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Journaling;

/// <summary>
/// A commit that goes to the journal first: what devices report moves executions, with their timers and the counters of their jobs, all of
/// records that are there and stay.
/// </summary>
internal sealed record JournalEntry(BsonArray Executions, BsonArray Progress, BsonArray Timers, BsonArray EndedTimers, long NextSequence)
{
    private const string ExecutionsField = "e";
    private const string ProgressField = "p";
    private const string TimersField = "t";
    private const string EndedTimersField = "x";
    private const string NextSequenceField = "n";

    /// <summary>The documents of executions are not padded yet.</summary>
    public static JournalEntry Of(JobsChanges changes, long nextSequence)
    {
        var entry = new JournalEntry([], [], [], [], nextSequence);
        foreach (var (key, (before, after)) in changes.Executions)
        {
            entry.Executions.Add(ExecutionMapping.ToBareDocument(after!));
            if (before!.Deadline == after!.Deadline)
            {
                continue;
            }
            if (before.Deadline is { } old)
            {
                entry.EndedTimers.Add(TimerMapping.IdOf(old, key));
            }
            if (after.Deadline is { } deadline)
            {
                entry.Timers.Add(TimerMapping.ToDocument(deadline, key));
            }
        }
        foreach (var (_, progress) in changes.Progress.Values)
        {
            entry.Progress.Add(ProgressMapping.ToDocument(progress!));
        }
        return entry;
    }

    public static JournalEntry Read(byte[] bytes)
    {
        var document = BsonSerializer.Deserialize(bytes);
        return new(
            document[ExecutionsField].AsArray, document[ProgressField].AsArray, document[TimersField].AsArray, document[EndedTimersField].AsArray,
            document[NextSequenceField].AsInt64);
    }

    public byte[] Write() => BsonSerializer.Serialize(new()
    {
        [ExecutionsField] = Executions,
        [ProgressField] = Progress,
        [TimersField] = Timers,
        [EndedTimersField] = EndedTimers,
        [NextSequenceField] = NextSequence,
    });
}
