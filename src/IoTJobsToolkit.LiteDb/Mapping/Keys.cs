using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>The keys of the collections. Both ends of a range are within it, as in LiteDB's BETWEEN.</summary>
internal static class Keys
{
    public static byte[] Of(long number) => new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(number).ToArray();

    public static byte[] Of(long first, long second) =>
        new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(first).Add(second).ToArray();

    /// <summary>An execution, as <see cref="ExecutionKey"/> orders it.</summary>
    public static byte[] Of(ExecutionKey key) => Write(new(stackalloc byte[KeyWriter.Space]), key).ToArray();

    public static ExecutionKey ToExecutionKey(ReadOnlySpan<byte> key)
    {
        var reader = new KeyReader(key);
        return new(reader.ReadInt64(), reader.ReadTime(), reader.ReadText(), reader.ReadInt64(), reader.ReadInt64());
    }

    public static (byte[] From, byte[] To) Executions(long jobSequence, ExecutionKey? after) =>
    (
        after is { } key ? Write(new(stackalloc byte[KeyWriter.Space]), key).Next().ToArray() : Of(jobSequence),
        Of(jobSequence + 1)
    );

    /// <summary>An execution among those of its thing, oldest first: <see cref="ThingExecutionKey"/> is this order backwards.</summary>
    public static byte[] OfThing(long thingSequence, ThingExecutionKey key) =>
        new KeyWriter(stackalloc byte[KeyWriter.Space])
            .Add(thingSequence).Add(key.QueuedAt).Add(key.JobId).Add(key.Number).ToArray();

    public static (byte[] From, byte[] To) OfThing(long thingSequence, ThingExecutionKey? after, DateTimeOffset queuedFrom) =>
    (
        new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(thingSequence).Add(queuedFrom).ToArray(),
        after is { } key ? OfThing(thingSequence, key with { Number = key.Number - 1 }) : Of(thingSequence + 1)
    );

    /// <summary>A thing name below a group, or below a job's target.</summary>
    public static byte[] Named(long sequence, string name) =>
        new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(sequence).Add(name).ToArray();

    public static byte[] Named(long sequence, int target, string name) =>
        new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(sequence).Add(target).Add(name).ToArray();

    public static (byte[] From, byte[] To) NamedAfter(long sequence, string? after) =>
    (
        after is null
            ? Of(sequence)
            : new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(sequence).Add(after).Next().ToArray(),
        Of(sequence + 1)
    );

    public static (byte[] From, byte[] To) NamedAfter(long sequence, int target, string? after) =>
    (
        after is null
            ? Of(sequence, target)
            : new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(sequence).Add(target).Add(after).Next().ToArray(),
        Of(sequence, target + 1L)
    );

    /// <summary>A text: a client id, a topic.</summary>
    public static byte[] Of(string text) => new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(text).ToArray();

    /// <summary>A number below a text.</summary>
    public static byte[] Of(string text, long number) => new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(text).Add(number).ToArray();

    public static (byte[] From, byte[] To) TextsAfter(string? after) =>
        (after is null ? [] : new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(after).Next().ToArray(), [byte.MaxValue]);

    public static (byte[] From, byte[] To) NumbersAfter(string text, long after) => (
        new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(text).Add(after).Next().ToArray(),
        new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(text).Add(long.MaxValue).ToArray());

    /// <summary>Everything below a text.</summary>
    public static (byte[] From, byte[] To) Below(string text) => (
        new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(text).ToArray(),
        new KeyWriter(stackalloc byte[KeyWriter.Space]).Add(text).Add(long.MaxValue).ToArray());

    /// <summary>Everything below a number.</summary>
    public static (byte[] From, byte[] To) Below(long number) => (Of(number), Of(number + 1));

    private static KeyWriter Write(KeyWriter writer, ExecutionKey key) =>
        writer.Add(key.JobSequence).Add(key.QueuedAt).Add(key.ThingName).Add(key.Number).Add(key.Sequence);
}
