using System.Text;
using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>
/// The details that came with changes of an execution, in a row: the place of the change, how many there are, keys and values. Nearly always the last
/// still stand for the execution: those are not written twice.
/// </summary>
internal static class ChangeDetails
{
    private const ushort Standing = ushort.MaxValue;

    /// <summary>Null where no change brought any.</summary>
    public static byte[]? Write(JobExecution execution)
    {
        if (execution.History.All(change => change.Details is null))
        {
            return null;
        }
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        for (var i = 0; i < execution.History.Count; i++)
        {
            if (execution.History[i].Details is not { } details)
            {
                continue;
            }
            writer.Write(checked((ushort)i));
            if (ReferenceEquals(details, execution.StatusDetails))
            {
                writer.Write(Standing);
                continue;
            }
            writer.Write(checked((ushort)details.Count));
            foreach (var (key, value) in details)
            {
                writer.Write(key);
                writer.Write(value);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>The history with its details.</summary>
    /// <param name="standing">The execution's own.</param>
    public static List<ExecutionChange> Read(byte[] bytes, List<ExecutionChange> history, IReadOnlyDictionary<string, string> standing)
    {
        if (bytes.Length == 0)
        {
            return history;
        }
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.BaseStream.Position < bytes.Length)
        {
            var (change, count) = (reader.ReadUInt16(), reader.ReadUInt16());
            history[change] = history[change] with { Details = count == Standing ? standing : Read(reader, count) };
        }
        return history;
    }

    private static Dictionary<string, string> Read(BinaryReader reader, int count)
    {
        var details = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            details[reader.ReadString()] = reader.ReadString();
        }
        return details;
    }
}
