namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>The files are there but are not a database that can be opened; the message says what to do.</summary>
public sealed class DatabaseDamagedException(string path, string reason, string remedy, Exception? inner = null)
    : IOException($"The database {path} cannot be opened: {reason} {remedy}", inner)
{
    public string Path { get; } = path;
}
