using System.Text;
using System.Text.Json;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Wire.Tests.Signing;

/// <summary>
/// A request that somebody else signed. <c>signed-by-smithy</c> comes from @smithy/signature-v4 5.7.5 with uriEscapePath and
/// applyChecksum; <c>sent-by-javascript-sdk</c> is what @aws-sdk/client-iot 3.1168 and client-iot-jobs-data-plane 3.956 put on
/// the wire. All are signed with <see cref="TestKey"/>.
/// </summary>
public sealed record SignedVector
{
    public static readonly SigV4Credentials TestKey = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    private static readonly Dictionary<string, SignedVector[]> Files =
        new[] { "signed-by-smithy", "sent-by-javascript-sdk" }.ToDictionary(file => file, Load);

    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required string Date { get; init; }
    public required string Region { get; init; }
    public required string Service { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    public required string Query { get; init; }
    public required string[][] Headers { get; init; }
    public required string Body { get; init; }
    public string? SessionToken { get; init; }
    public int Expires { get; init; }
    public string? UnsignedQuery { get; init; }

    public SigV4Credentials Credentials => TestKey with { SessionToken = SessionToken };

    public DateTimeOffset Time => SigV4Timestamp.TryRead(Date, out var time) ? time : throw new FormatException(Date);

    public SigV4Request Request => new()
    {
        Method = Method,
        RawPath = Path,
        RawQuery = Query,
        Headers = [.. Headers.Select(header => KeyValuePair.Create(header[0], header[1]))],
        PayloadHash = SigV4Request.HashPayload(Encoding.UTF8.GetBytes(Body)),
    };

    /// <summary>The request as it was before somebody signed it.</summary>
    public SigV4Request Unsigned
    {
        get
        {
            var request = Request;
            return request with
            {
                RawQuery = UnsignedQuery ?? Query,
                Headers = [.. request.Headers.Where(header =>
                    !header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase)
                    && !header.Key.Equals("x-amz-date", StringComparison.OrdinalIgnoreCase)
                    && !header.Key.Equals("x-amz-security-token", StringComparison.OrdinalIgnoreCase))],
            };
        }
    }

    public static TheoryData<string, string> Names(params string[] files) =>
        [.. files.SelectMany(file => Files[file].Select(vector => (file, vector.Name)))];

    public static TheoryData<string, string> NamesOf(string file, string kind) =>
        [.. Files[file].Where(vector => vector.Kind == kind).Select(vector => (file, vector.Name))];

    public static SignedVector Get(string file, string name) => Files[file].Single(vector => vector.Name == name);

    private static SignedVector[] Load(string file)
    {
        using var stream = typeof(SignedVector).Assembly.GetManifestResourceStream(file)!;
        return JsonSerializer.Deserialize<SignedVector[]>(stream, JsonSerializerOptions.Web)!;
    }
}
