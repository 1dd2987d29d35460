using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Credentials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Tls;

/// <summary>
/// How addresses with https answer: with a certificate of the local authority unless another is configured, and where only the data plane is,
/// asking for the device's certificate. A browser is never asked for one.
/// </summary>
internal static class HttpsDefaults
{
    /// <summary>What devices say that speak HTTP with a certificate at port 443 (http-api 3).</summary>
    private static readonly SslApplicationProtocol DeviceProtocol = new("x-amzn-http-ca");

    private const string OtherCertificate = "Kestrel:Certificates:Default";

    public static void Apply(WebApplicationBuilder builder, PlanePorts ports)
    {
        var hasOther = builder.Configuration.GetSection(OtherCertificate).Exists();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => Configure(
            https,
            kestrel.ApplicationServices,
            hasOther,
            local => local is not null && ports.Of(local.Port) == Plane.Data,
            tls => tls.ApplicationProtocols = [.. tls.ApplicationProtocols ?? [], DeviceProtocol, .. ports.HaveMqtt ? [MqttAlpn.Protocol] : Array.Empty<SslApplicationProtocol>()])));
    }

    /// <summary>For a listener of devices that has MQTT alone, on a web server of its own.</summary>
    public static void ApplyForMqtt(KestrelServerOptions kestrel, IConfiguration configuration)
    {
        var other = configuration.GetSection(OtherCertificate);
        if (other.Exists())
        {
            // Without the addresses, which are the other web server's.
            var part = other.AsEnumerable().Select(entry => KeyValuePair.Create(entry.Key["Kestrel:".Length..], entry.Value));
            kestrel.Configure(new ConfigurationBuilder().AddInMemoryCollection(part).Build());
        }
        kestrel.ConfigureHttpsDefaults(https => Configure(
            https, kestrel.ApplicationServices, other.Exists(), _ => true, tls => tls.ApplicationProtocols = [MqttAlpn.Protocol, new("mqtt")]));
    }

    private static void Configure(
        HttpsConnectionAdapterOptions https, IServiceProvider services, bool hasOther, Func<IPEndPoint?, bool> isDevices, Action<SslServerAuthenticationOptions> setProtocols)
    {
        var (authority, certificate) = Open(services);
        var first = hasOther ? null : certificate.First;
        https.ServerCertificate = first ?? https.ServerCertificate;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        // Whether it counts is decided by the API, which can say why it does not.
        https.ClientCertificateValidation = (_, _, _) => true;
        https.OnAuthenticate = (connection, tls) =>
        {
            var local = connection.LocalEndPoint as IPEndPoint;
            var isForDevices = isDevices(local);
            if (https.ClientCertificateMode == ClientCertificateMode.AllowCertificate)
            {
                tls.ClientCertificateRequired = isForDevices;
            }
            if (isForDevices)
            {
                setProtocols(tls);
            }
            tls.CertificateChainPolicy = OnlyLocal(authority);
            if (first is not null && ReferenceEquals(https.ServerCertificate, first)) // An endpoint may have a certificate of its own.
            {
                tls.ServerCertificateContext = certificate.For(local?.Address);
            }
        };
    }

    /// <summary>Foreign certificates are not looked for in the system's store, nor fetched from where they point.</summary>
    private static X509ChainPolicy OnlyLocal(LocalAuthority authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { authority.Certificate },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    private static (LocalAuthority Authority, ServerCertificate Certificate) Open(IServiceProvider services)
    {
        services.GetRequiredService<JobsEngine>(); // The authority belongs to whoever has the database.
        try
        {
            return (services.GetRequiredService<CredentialIssuer>().Authority, services.GetRequiredService<ServerCertificate>());
        }
        catch (JobsException unusable)
        {
            throw new StartException(StartException.DatabaseUnusable, unusable.Message, unusable);
        }
    }
}
