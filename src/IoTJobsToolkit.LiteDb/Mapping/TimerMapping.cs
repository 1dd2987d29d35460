using IoTJobsToolkit.Engine.Executions;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>A timer's document never changes: a deadline that moves is another one.</summary>
internal static class TimerMapping
{
    public static BsonValue IdOf(DateTimeOffset deadline, ExecutionKey execution) => Keys.Of(deadline.ToUnixTimeMilliseconds(), execution.Sequence);

    public static BsonDocument ToDocument(DateTimeOffset deadline, ExecutionKey execution) =>
        new() { ["_id"] = IdOf(deadline, execution), ["e"] = Keys.Of(execution) };
}
