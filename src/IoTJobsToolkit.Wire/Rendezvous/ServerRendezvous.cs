using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace IoTJobsToolkit.Wire.Rendezvous;

/// <summary>
/// What a server leaves beside the database it has open, so that the module of the same user finds it: where it listens, and an
/// access key for this run.
/// </summary>
/// <param name="Endpoint">Such as <c>http://127.0.0.1:8080</c>.</param>
/// <param name="StartedAt">When the server wrote this; a process that began later is another one with the same id.</param>
public sealed record ServerRendezvous(
    string Endpoint, int ProcessId, DateTimeOffset StartedAt, string Region, string AccessKeyId, string SecretAccessKey)
{
    public static string PathFor(string databasePath) => Path.ChangeExtension(Path.GetFullPath(databasePath), ".server.json");

    /// <summary>What the running server of a database left; null when there is none, or its process is gone.</summary>
    public static ServerRendezvous? Find(string databasePath)
    {
        try
        {
            var found = JsonSerializer.Deserialize(File.ReadAllBytes(PathFor(databasePath)), RendezvousJson.Default.ServerRendezvous);
            return found is { Endpoint: not null, AccessKeyId: not null, SecretAccessKey: not null } && found.IsAlive() ? found : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void WriteFor(string databasePath) =>
        OwnerOnlyFile.Write(PathFor(databasePath), JsonSerializer.SerializeToUtf8Bytes(this, RendezvousJson.Default.ServerRendezvous));

    /// <summary>Removes the file if it is this server's.</summary>
    public void RemoveFor(string databasePath)
    {
        if (Find(databasePath) == this)
        {
            File.Delete(PathFor(databasePath));
        }
    }

    private bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return !process.HasExited && process.StartTime.ToUniversalTime() <= StartedAt.UtcDateTime.AddSeconds(2);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }
}
