using System.Text.Json;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Server.Access;

/// <summary>The credentials of a database: made once, kept beside it, replaced by those that are given as settings.</summary>
internal sealed class CredentialsFile
{
    private CredentialsFile(string path, ServerCredentials credentials) => (Path, Credentials) = (path, credentials);

    public string Path { get; }

    public ServerCredentials Credentials { get; }

    /// <summary>The secret made in this run, to be shown once; null when there was one, or one was given.</summary>
    public string? NewSecret { get; private init; }

    /// <summary>As <see cref="NewSecret"/>.</summary>
    public string? NewPassword { get; private init; }

    public static string PathFor(string databasePath) => System.IO.Path.ChangeExtension(databasePath, ".credentials.json");

    public static CredentialsFile Open(string databasePath, Bootstrap given)
    {
        var path = PathFor(databasePath);
        var stored = Read(path);
        var newSecret = stored is null && given.SecretAccessKey is null ? NewCredentials.Secret() : null;
        var newPassword = stored is null && given.AdminPassword is null ? NewCredentials.Password() : null;
        var credentials = new ServerCredentials(
            given.AccessKeyId ?? stored?.AccessKeyId ?? NewCredentials.AccessKeyId(),
            given.SecretAccessKey ?? stored?.SecretAccessKey ?? newSecret!,
            HashOf(given.AdminPassword ?? newPassword, stored?.AdminPasswordHash));
        if (credentials != stored)
        {
            OwnerOnlyFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(credentials, CredentialsJson.Default.ServerCredentials));
        }
        return new(path, credentials) { NewSecret = newSecret, NewPassword = newPassword };
    }

    private static string HashOf(string? password, string? storedHash) =>
        password is null || storedHash is not null && AdminPassword.Matches(storedHash, password) ? storedHash! : AdminPassword.Hash(password);

    private static ServerCredentials? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CredentialsJson.Default.ServerCredentials)
                is { AccessKeyId.Length: > 0, SecretAccessKey.Length: > 0, AdminPasswordHash.Length: > 0 } read
                ? read
                : throw new JsonException("accessKeyId, secretAccessKey and adminPasswordHash must be there.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                StartException.BadSetting,
                $"The credentials in {path} cannot be read: {exception.Message} Mend the file, or remove it to have new ones made.",
                exception);
        }
    }
}
