using System.Globalization;

namespace IoTJobsToolkit.LiteDb.Locking;

/// <summary>The database is open elsewhere; by whom, where that could be read.</summary>
public sealed class DatabaseInUseException(string path, DatabaseHolder? holder, Exception? inner = null)
    : IOException($"The database {path} is in use by {Describe(holder)}. Close it, or connect to its endpoint.", inner)
{
    public string Path { get; } = path;

    public DatabaseHolder? Holder { get; } = holder;

    private static string Describe(DatabaseHolder? holder) => holder is null
        ? "another process"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"process {holder.ProcessId} ({holder.ProcessName}) since {holder.Since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
}
