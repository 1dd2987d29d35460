using System.Text.Json;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Wire.Rendezvous;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Access;

/// <summary>The file in which earlier versions kept the administrator's key and password. What has moved into the database goes, the last with the file.</summary>
internal sealed class CredentialsFile
{
    private readonly string _path;
    private ServerCredentials _credentials;

    private CredentialsFile(string path, ServerCredentials credentials) => (_path, _credentials) = (path, credentials);

    public string? AdminPasswordHash => _credentials.AdminPasswordHash;

    public SigV4Credentials? Key =>
        _credentials is { AccessKeyId: { Length: > 0 } id, SecretAccessKey: { Length: > 0 } secret } ? new(id, secret) : null;

    public static string PathFor(string databasePath) => Path.ChangeExtension(databasePath, ".credentials.json");

    /// <summary>Holds nothing where there is no such file.</summary>
    public static CredentialsFile Open(string databasePath)
    {
        var path = PathFor(databasePath);
        return new(path, Read(path) ?? new());
    }

    public void ForgetKey() => Keep(_credentials with { AccessKeyId = null, SecretAccessKey = null });

    public void ForgetPassword() => Keep(_credentials with { AdminPasswordHash = null });

    private void Keep(ServerCredentials rest)
    {
        if (rest == _credentials)
        {
            return;
        }
        _credentials = rest;
        if (rest == new ServerCredentials())
        {
            File.Delete(_path);
        }
        else
        {
            OwnerOnlyFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(rest, CredentialsJson.Default.ServerCredentials));
        }
    }

    private static ServerCredentials? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CredentialsJson.Default.ServerCredentials) is { } read &&
                (read.AdminPasswordHash is { Length: > 0 } || read.AccessKeyId is { Length: > 0 })
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
}
