using System.Text.Json;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Rendezvous;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Access;

/// <summary>The portal's password of a database: made once, kept beside it by its hash, replaced by one that is given as a setting.</summary>
internal sealed class CredentialsFile
{
    private readonly string _path;
    private ServerCredentials _credentials;

    private CredentialsFile(string path, ServerCredentials credentials) => (_path, _credentials) = (path, credentials);

    public string AdminPasswordHash => _credentials.AdminPasswordHash;

    /// <summary>The password made in this run, to be shown once; null when there was one, or one was given.</summary>
    public string? NewPassword { get; private init; }

    /// <summary>The administrator's key which an earlier version kept here.</summary>
    public SigV4Credentials? Key =>
        _credentials is { AccessKeyId: { Length: > 0 } id, SecretAccessKey: { Length: > 0 } secret } ? new(id, secret) : null;

    public static string PathFor(string databasePath) => Path.ChangeExtension(databasePath, ".credentials.json");

    public static CredentialsFile Open(string databasePath, Bootstrap given)
    {
        var path = PathFor(databasePath);
        var stored = Read(path);
        var newPassword = stored is null && given.AdminPassword is null ? Access.NewPassword.Make() : null;
        var hash = HashOf(given.AdminPassword ?? newPassword, stored?.AdminPasswordHash);
        var file = new CredentialsFile(path, stored is null ? new(hash) : stored with { AdminPasswordHash = hash }) { NewPassword = newPassword };
        if (file._credentials != stored)
        {
            file.Write();
        }
        return file;
    }

    /// <summary>The key is kept elsewhere now.</summary>
    public void ForgetKey()
    {
        if (_credentials is not { AccessKeyId: null, SecretAccessKey: null })
        {
            _credentials = new(AdminPasswordHash);
            Write();
        }
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
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CredentialsJson.Default.ServerCredentials) is { AdminPasswordHash.Length: > 0 } read
                ? read
                : throw new JsonException("adminPasswordHash must be there.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                StartException.BadSetting,
                $"The credentials in {path} cannot be read: {exception.Message} Mend the file, or remove it to have a new password made.",
                exception);
        }
    }

    private void Write() => OwnerOnlyFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_credentials, CredentialsJson.Default.ServerCredentials));
}
