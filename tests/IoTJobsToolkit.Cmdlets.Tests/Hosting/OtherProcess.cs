namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>Holds a database as another process does: by the lock on the file beside it.</summary>
internal static class OtherProcess
{
    public static IDisposable Holds(string databasePath)
    {
        var file = new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        file.SetLength(0);
        file.Write("""{"ProcessId":4711,"ProcessName":"portal","Since":"2026-11-23T10:00:00+00:00"}"""u8);
        return file;
    }
}
