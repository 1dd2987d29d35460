using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Server.Access;

/// <summary>
/// Devices that show a client certificate. What was found out about one is kept as long as its connection lasts: who issued it for good, the
/// database's word on it until credentials are taken from somebody.
/// </summary>
internal sealed class DeviceCertificates(JobsEngine engine, CredentialIssuer issuer, TimeProvider clock)
{
    /// <summary>By the object that a connection has, all its requests the same one.</summary>
    private readonly ConditionalWeakTable<X509Certificate2, Shown> _shown = [];

    /// <exception cref="ApiRefusal">CertificateValidationException.</exception>
    public async ValueTask<Caller> CallerOfAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (certificate.NotAfter <= now)
        {
            throw Refused($"The client certificate has expired on {certificate.NotAfter.ToUniversalTime():u}. Issue another one for the thing.");
        }
        if (certificate.NotBefore > now)
        {
            throw Refused($"The client certificate is good only from {certificate.NotBefore.ToUniversalTime():u} on; here it is {now:u}.");
        }
        var shown = _shown.GetValue(certificate, Look);
        if (shown.Caller is not { ThingName: { } thing } caller)
        {
            throw Refused("The client certificate is not one that this server's authority issued for a device.");
        }
        var credential = await FindAsync(shown, thing, cancellationToken).ConfigureAwait(false);
        if (credential is not { Kind: ThingCredentialKind.CERTIFICATE } || credential.ThingName != thing)
        {
            throw Refused(
                $"The client certificate is not one of thing {thing}: the thing has been deleted since, or made anew, or the certificate is of another database.");
        }
        return credential.IsGoodAt(now)
            ? caller
            : throw Refused($"The client certificate of thing {thing} {(credential.RevokedAt is null ? "has expired" : "was revoked")}.");
    }

    private async ValueTask<ThingCredential?> FindAsync(Shown shown, string thing, CancellationToken cancellationToken)
    {
        var version = engine.CredentialsVersion; // Asked first: what is taken away during the search makes it an old one.
        if (shown.Found is { } found && found.Version == version)
        {
            return found.Credential;
        }
        var credential = await engine.FindThingCredentialAsync(thing, shown.Id, cancellationToken).ConfigureAwait(false);
        shown.Found = new(version, credential);
        return credential;
    }

    private Shown Look(X509Certificate2 certificate) => new(
        ThingCertificate.Id(certificate),
        issuer.Authority.Issued(certificate) && ThingCertificate.ThingName(certificate) is { } thing ? Caller.Device(thing) : null);

    private static ApiRefusal Refused(string message) => new(ErrorAnswer.Of(ErrorNames.CertificateValidation, message, Plane.Data));

    /// <param name="Caller">Null where the certificate is none for a device of this server.</param>
    private sealed record Shown(string Id, Caller? Caller)
    {
        private volatile FoundCredential? _found;

        public FoundCredential? Found
        {
            get => _found;
            set => _found = value;
        }
    }
}
