namespace IoTJobsToolkit.LiteDb.Journaling;

/// <summary>How far the collections may be behind the journal.</summary>
internal sealed record JournalLimits
{
    /// <summary>Executions which may wait: a commit of something else waits for so many.</summary>
    public int MostWaiting { get; init; } = 4096;

    /// <summary>Executions in one transaction of the database.</summary>
    public int TransactionSize { get; init; } = 2048;

    /// <summary>Bytes which an open after a crash has to go through.</summary>
    public long LongestJournal { get; init; } = 8L << 20;
}
