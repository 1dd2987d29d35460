using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IoTJobsToolkit.Wire.Credentials;

/// <summary>How a thing's certificate names the thing, and its id.</summary>
public static class ThingCertificate
{
    /// <summary>The attribute <c>userId</c>: a common name may have 64 characters only, and a thing's name 128.</summary>
    private const string UserId = "0.9.2342.19200300.100.1.1";

    private const int LongestCommonName = 64;

    public static X500DistinguishedName Subject(string thingName)
    {
        var name = new X500DistinguishedNameBuilder();
        name.Add(UserId, thingName);
        name.AddCommonName(thingName.Length <= LongestCommonName ? thingName : thingName[..LongestCommonName]);
        return name.Build();
    }

    /// <summary>The thing that a certificate is for; null where it names none.</summary>
    public static string? ThingName(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == UserId)?
            .GetSingleElementValue();
    }

    /// <summary>SHA-256 of the certificate in lower-case hex, as AWS's certificate ids.</summary>
    public static string Id(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
    }
}
