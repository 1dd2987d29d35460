using System.Globalization;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.S3.Model;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.S3;

/// <summary>
/// A presigned URL in path style (jobs-reference 10.5). It uses the SDK's signer rather than <c>GetPreSignedURL</c>, because that one reads the
/// clock, and here the time of signing is an argument: a delivery under a virtual clock has to give the URL of that moment.
/// </summary>
internal static class PresignedUrl
{
    public static string Sign(PresignRequest request, Uri endpoint, string region, SigningCredentials credentials)
    {
        var location = request.Location;
        var toSign = new DefaultRequest(new GetPreSignedUrlRequest(), "AmazonS3")
        {
            Endpoint = endpoint,
            HttpMethod = request.Method == PresignMethod.Put ? "PUT" : "GET",
            // As a template, so that the SDK knows which slashes are the path's; written out it leaves some signs of a key unencoded.
            ResourcePath = "/{Bucket}/{Key+}",
            UseQueryString = true,
            UseDoubleEncoding = false,
        };
        toSign.AddPathResource("{Bucket}", location.Bucket);
        toSign.AddPathResource("{Key+}", location.Key);

        if (credentials.SessionToken is { } token)
        {
            toSign.Parameters["X-Amz-Security-Token"] = token;
        }

        var expires = request.ExpiresInSec.ToString(CultureInfo.InvariantCulture);
        toSign.Parameters["X-Amz-Expires"] = expires;
        if (location.VersionId is { } version)
        {
            toSign.Parameters["versionId"] = version;
        }

        var signed = AWS4PreSignedUrlSigner.SignRequest(
            toSign, null, null, credentials.AccessKeyId, credentials.SecretAccessKey, "s3", region, request.Now.UtcDateTime);

        return $"{endpoint.GetLeftPart(UriPartial.Authority)}/{Encode(location.Bucket)}/{EncodePath(location.Key)}"
            + "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + $"&X-Amz-Credential={Encode($"{credentials.AccessKeyId}/{signed.Scope}")}"
            + $"&X-Amz-Date={signed.ISO8601DateTime}"
            + $"&X-Amz-Expires={expires}"
            + (credentials.SessionToken is { } session ? $"&X-Amz-Security-Token={Encode(session)}" : "")
            + $"&X-Amz-SignedHeaders={signed.SignedHeaders}"
            + (location.VersionId is { } id ? $"&versionId={Encode(id)}" : "")
            + $"&X-Amz-Signature={signed.Signature}";
    }

    private static string EncodePath(string key) => string.Join('/', key.Split('/').Select(Encode));

    private static string Encode(string text) => Uri.EscapeDataString(text);
}
