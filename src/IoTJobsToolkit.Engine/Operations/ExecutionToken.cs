using System.Globalization;
using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Operations;

/// <summary>Tokens of lists that go through a job's executions in the order of <see cref="ExecutionKey"/>.</summary>
internal static class ExecutionToken
{
    /// <param name="list">The operation with its filters.</param>
    public static ExecutionKey? Read(string list, string? token, long jobSequence) =>
        PageToken.Read(list, token, 4) is [var queuedAt, var thing, var number, var sequence]
            ? new ExecutionKey(
                jobSequence,
                new(long.Parse(queuedAt, CultureInfo.InvariantCulture), TimeSpan.Zero),
                thing,
                long.Parse(number, CultureInfo.InvariantCulture),
                long.Parse(sequence, CultureInfo.InvariantCulture))
            : null;

    public static string Write(string list, JobExecution last) => PageToken.Write(
        list,
        last.QueuedAt.UtcTicks.ToString(CultureInfo.InvariantCulture),
        last.ThingName,
        last.Number.ToString(CultureInfo.InvariantCulture),
        last.Sequence.ToString(CultureInfo.InvariantCulture));
}
