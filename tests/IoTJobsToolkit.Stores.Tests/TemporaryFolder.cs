namespace IoTJobsToolkit.Stores.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("iotjobs-");

    public string Database => Path.Combine(folder.FullName, "jobs.db");

    public void Dispose() => folder.Delete(recursive: true);
}
