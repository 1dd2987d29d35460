using System.Management.Automation;
using System.Text.Json;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>
/// Does what the console does in AWS before it calls CreateJob: code-sign placeholders become signatures. One inside a presign placeholder
/// becomes the address of the file itself, since what a device needs there is a URL to download from, and only the version that was signed
/// will pass its check. (AWS's console puts the copy there that it keeps under SignedImages; here the file stays where it is.)
/// </summary>
internal static class SignedDocument
{
    private const string Inner = "${aws:iot:code-sign-signature:";

    /// <summary>The files that the document wants signed, each once.</summary>
    /// <exception cref="SigningException">The document is no JSON, or a placeholder cannot be read.</exception>
    public static IReadOnlyList<CodeFile> FilesIn(string document)
    {
        RequireJson(document);
        var (placeholders, unterminatedAt) = DocumentPlaceholders.Parse(document);
        if (unterminatedAt is { } start)
        {
            throw Unreadable($"a placeholder without its closing brace: {document.Substring(start, Math.Min(80, document.Length - start))}");
        }
        return [.. placeholders.Select(placeholder => FileOf(placeholder)).OfType<CodeFile>().Distinct()];
    }

    /// <summary>The document with its code-sign placeholders replaced; everything else stays as it is, white space included.</summary>
    public static string Fill(string document, Func<CodeFile, string> signatureOf) => DocumentPlaceholders.Replace(document, placeholder =>
        FileOf(placeholder) is not { } file ? null : placeholder.WrapsAnother ? file.DownloadPlaceholder : signatureOf(file));

    /// <summary>
    /// Which of <paramref name="paths"/> is meant: the one whose path ends as the key does, by most names. Of one file and one placeholder
    /// it is clear, whatever they are called.
    /// </summary>
    /// <exception cref="SigningException">None is, or several are.</exception>
    public static string PathOf(CodeFile file, IReadOnlyCollection<CodeFile> files, IReadOnlyCollection<string> paths)
    {
        if (files.Count == 1 && paths.Count == 1)
        {
            return paths.First();
        }
        var best = paths.GroupBy(path => CommonEnd(file.Key, path)).Where(group => group.Key > 0).MaxBy(group => group.Key);
        return best?.ToList() switch
        {
            null => throw new SigningException(
                "PayloadNotGiven", ErrorCategory.ObjectNotFound, file.ToString(), $"The document wants {file} signed, and no file of that name was given.",
                $"Give a file called {file.Key[(file.Key.LastIndexOf('/') + 1)..]} as -Path too."),
            [var only] => only,
            var several => throw new SigningException(
                "PayloadAmbiguous", ErrorCategory.InvalidArgument, file.ToString(), $"The document wants {file} signed, and {string.Join(" and ", several)} may be meant.",
                "Put the files into folders as in the key, or sign them one by one."),
        };
    }

    private static int CommonEnd(string key, string path) => key.Split('/').Reverse()
        .Zip(path.Split('/', '\\').Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();

    private static CodeFile? FileOf(Placeholder placeholder)
    {
        string url;
        if (placeholder.Kind == PlaceholderKind.CodeSignSignature)
        {
            url = placeholder.Argument;
        }
        else if (placeholder.WrapsAnother && placeholder.Argument.StartsWith(Inner, StringComparison.Ordinal))
        {
            url = placeholder.Kind != PlaceholderKind.PresignedUpload && placeholder.Argument.EndsWith('}')
                ? placeholder.Argument[Inner.Length..^1]
                : throw Unreadable($"{placeholder}, which is no file to download");
        }
        else
        {
            return null;
        }
        return CodeFile.Parse(url) ?? throw Unreadable($"{placeholder}, which names no file");
    }

    private static void RequireJson(string document)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document, new() { MaxDepth = 1024 });
        }
        catch (Exception invalid) when (invalid is JsonException or ArgumentException)
        {
            throw new SigningException(
                "DocumentNotJson", ErrorCategory.InvalidData, document, $"The job document is not valid JSON: {invalid.Message}", "Check it with Test-Json.", invalid);
        }
    }

    private static SigningException Unreadable(string what) => new(
        "PlaceholderNotReadable", ErrorCategory.InvalidData, what, $"The job document holds {what}.",
        "Write it as ${aws:iot:code-sign-signature:s3://REGION.BUCKET/KEY@VERSION}.");
}
