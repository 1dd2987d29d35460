using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>Servers whose certificate this machine does not know, because the authority of their own database issued it.</summary>
internal static class Trust
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    /// <summary>Accepts what the machine trusts, and what one of the authorities issued. The name must be right in any case.</summary>
    public static RemoteCertificateValidationCallback With(X509Certificate2Collection authorities) => (_, certificate, shown, errors) => errors switch
    {
        SslPolicyErrors.None => true,
        SslPolicyErrors.RemoteCertificateChainErrors when certificate is X509Certificate2 leaf => IsIssuedBy(authorities, leaf, shown),
        _ => false,
    };

    private static bool IsIssuedBy(X509Certificate2Collection authorities, X509Certificate2 leaf, X509Chain? shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(shown?.ChainPolicy.ExtraStore ?? []);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ForServers));
        return chain.Build(leaf);
    }
}
