using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>Certificate authorities in a PEM file, by which a server's certificate is known besides those that this machine trusts.</summary>
internal static class Authorities
{
    /// <summary>As AWS's own tools have it.</summary>
    private const string Variable = "AWS_CA_BUNDLE";

    public static string? FromEnvironment => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    /// <summary>That of a database whose server is called over https.</summary>
    public static string? Of(Uri endpoint, string databasePath) =>
        endpoint.Scheme == Uri.UriSchemeHttps && LocalAuthority.CertificatePathFor(databasePath) is var path && File.Exists(path) ? path : null;

    /// <exception cref="ConnectionException">The file cannot be read, or holds no certificate.</exception>
    public static X509Certificate2Collection? Read(string? path)
    {
        if (path is null)
        {
            return null;
        }
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(path);
            return certificates.Count > 0 ? certificates : throw new CryptographicException("there is none in it.");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConnectionException("AuthoritiesNotRead", ErrorCategory.ReadError, $"The certificates in {path} cannot be read: {exception.Message}", path, exception)
            {
                NextStep = "Name a PEM file with the certificate of the authority, such as a server hands out at /toolkit/ca.",
            };
        }
    }
}
