using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>The <c>codesign</c> element of a job document, which the device checks a downloaded file by (jobs-reference 11).</summary>
/// <param name="RawPayloadSize">Bytes of the file.</param>
/// <param name="Signature">Base64.</param>
/// <param name="SignatureAlgorithm">Such as <c>SHA256withECDSA</c>.</param>
internal sealed record CodeSignature(long RawPayloadSize, string Signature, string SignatureAlgorithm, PayloadLocation PayloadLocation)
{
    public const string TypeName = "IoTJobsToolkit.JobCodeSignature";

    // Relaxed, so that base64 keeps its plus signs: devices' JSON readers are poor.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>An object whose properties are spelt as on the wire, for ConvertTo-Json.</summary>
    public PSObject ToPSObject()
    {
        var s3 = Members(("bucketName", PayloadLocation.S3.BucketName), ("key", PayloadLocation.S3.Key), ("version", PayloadLocation.S3.Version));
        var element = Members(
            ("rawPayloadSize", RawPayloadSize), ("signature", Signature), ("signatureAlgorithm", SignatureAlgorithm), ("payloadLocation", Members(("s3", s3))));
        element.TypeNames.Insert(0, TypeName);
        return element;
    }

    private static PSObject Members(params (string Name, object? Value)[] members)
    {
        var holder = new PSObject();
        foreach (var (name, value) in members.Where(member => member.Value is not null))
        {
            holder.Properties.Add(new PSNoteProperty(name, value));
        }
        return holder;
    }
}

internal sealed record PayloadLocation(S3Payload S3);

/// <param name="Version">Absent where the bucket keeps no versions.</param>
internal sealed record S3Payload(string BucketName, string Key, string? Version);
