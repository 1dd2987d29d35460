namespace IoTJobsToolkit.Engine.Documents;

/// <summary>What a placeholder of a job document stands for (jobs-reference 10.3).</summary>
public enum PlaceholderKind
{
    /// <summary>A kind the engine does not know; it stays in the text.</summary>
    Unknown,

    /// <summary><c>s3-presigned-url</c> and <c>s3-presigned-url-v1</c>: a presigned GET, its URL not encoded.</summary>
    PresignedGet,

    /// <summary><c>s3-presigned-url-v2</c>: a presigned GET, its URL percent-encoded, with a version id at will.</summary>
    PresignedGetEncoded,

    /// <summary><c>s3-presigned-url-upload</c>: a presigned PUT.</summary>
    PresignedUpload,

    /// <summary><c>package</c>: the software package catalog.</summary>
    Package,

    /// <summary><c>parameter</c>: a document parameter of a managed template.</summary>
    Parameter,

    /// <summary><c>code-sign-signature</c>: resolved by a console before the job is created, passed through here.</summary>
    CodeSignSignature,
}

/// <summary>One <c>${aws:iot:KIND:ARGUMENT}</c> in the text of a job document (jobs-reference 10.3).</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">The kind as written, for example <c>s3-presigned-url-v2</c>.</param>
/// <param name="Argument">What follows the kind, JSON escapes resolved; empty where nothing follows.</param>
/// <param name="Start">Index of the <c>$</c> in the text.</param>
/// <param name="Length">Length in the text, closing brace included.</param>
public sealed record Placeholder(PlaceholderKind Kind, string Name, string Argument, int Start, int Length)
{
    /// <summary>True where a device gets a presigned URL in its place.</summary>
    public bool IsPresigned =>
        Kind is PlaceholderKind.PresignedGet or PlaceholderKind.PresignedGetEncoded or PlaceholderKind.PresignedUpload;

    /// <summary>
    /// True for a presign placeholder around a placeholder that somebody else resolves, such as a code signature: the whole stays in the
    /// text (jobs-reference 11).
    /// </summary>
    public bool WrapsAnother =>
        IsPresigned
        && (Argument.StartsWith("${aws:iot:code-sign-signature:", StringComparison.Ordinal)
            || Argument.StartsWith("${aws:iot:package:", StringComparison.Ordinal));

    /// <summary>For messages: as written, a very long argument shortened.</summary>
    public override string ToString() => Argument.Length switch
    {
        0 => $"${{aws:iot:{Name}}}",
        > 300 => $"${{aws:iot:{Name}:{Argument[..300]}...}}",
        _ => $"${{aws:iot:{Name}:{Argument}}}",
    };
}
