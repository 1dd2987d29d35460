namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>
/// Which database a data file is, and how far it is. The log keeps the stamp that the data file had when its generation began, so that
/// it is not replayed into another file, such as a backup that somebody put beside it.
/// </summary>
internal readonly record struct DatabaseStamp(long CreatedAt, int UserVersion)
{
    /// <summary>Null where the file is no LiteDB database.</summary>
    public static DatabaseStamp? Of(IDurableFile data)
    {
        Span<byte> start = stackalloc byte[LitePage.StampEnd];

        return data.Read(start, 0) == start.Length && LitePage.HasSignature(start)
            ? new DatabaseStamp(LitePage.CreatedAt(start), LitePage.UserVersion(start))
            : null;
    }

    /// <summary>User versions only grow, through the whole of Int32 and on from its other end.</summary>
    public bool IsBetween(DatabaseStamp first, int lastUserVersion) =>
        CreatedAt == first.CreatedAt
        && unchecked(UserVersion - first.UserVersion) >= 0
        && unchecked(lastUserVersion - UserVersion) >= 0;
}
