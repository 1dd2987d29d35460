using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Journaling;
using IoTJobsToolkit.LiteDb.Locking;

namespace IoTJobsToolkit.LiteDb;

/// <summary>How a store comes about from its files.</summary>
public sealed partial class LiteDbJobsStore
{
    /// <summary>Opens the database at the path, or creates it with its folder. The file is this process's until it is disposed.</summary>
    /// <exception cref="DatabaseInUseException">It is open elsewhere.</exception>
    /// <exception cref="DatabaseDamagedException">It is no database, or cannot be read.</exception>
    /// <exception cref="DatabaseFormatException">It is a database, but not one which this version can use.</exception>
    /// <exception cref="IOException">The folder or the files cannot be created or written.</exception>
    public static LiteDbJobsStore Open(string path, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(clock);
        path = RealPath(path);
        var durable = OpenFiles(path, clock);
        try
        {
            return Open(durable, Opened(path, () => PhysicalFile.Open(path + "-journal")), new(), path);
        }
        catch
        {
            durable.Dispose();
            throw;
        }
    }

    /// <summary>Opens over files of the caller, which has made sure that nobody else uses them.</summary>
    internal static LiteDbJobsStore Open(DurableDatabase durable, IDurableFile journal, JournalLimits limits, string path)
    {
        try
        {
            return new(durable, new(journal), limits, path);
        }
        catch (Exception exception)
        {
            journal.Dispose();
            throw exception is IOException ? exception : Damaged(path, exception);
        }
    }

    private static DurableDatabase OpenFiles(string path, TimeProvider clock) => Opened(path, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return DurableDatabase.Open(path, clock);
    });

    private static T Opened<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(
                $"The database {path} cannot be opened: this user may not write there. Choose another path, or change the rights of the folder.",
                exception);
        }
    }

    /// <summary>A link has no log of its own: the files lie beside what it leads to, whatever name it is opened by.</summary>
    private static string RealPath(string path)
    {
        path = Path.GetFullPath(path);
        return new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
    }

    private static DatabaseDamagedException Damaged(string path, Exception exception) =>
        new(path, $"{exception.Message.TrimEnd('.')}.", "Restore it from a backup.", exception);
}
