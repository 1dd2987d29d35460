namespace IoTJobsToolkit.LiteDb.Locking;

/// <summary>The process that has a database open, as its lock file tells.</summary>
public sealed record DatabaseHolder(int ProcessId, string ProcessName, DateTimeOffset Since);
