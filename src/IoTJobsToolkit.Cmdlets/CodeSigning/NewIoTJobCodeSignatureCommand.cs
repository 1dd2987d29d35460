using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Cmdlets.CodeSigning;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Signs files for over-the-air updates: writes the <c>codesign</c> element of each, or a job document with its code-sign placeholders
/// replaced. It needs no database.
/// </summary>
[Cmdlet(VerbsCommon.New, "IoTJobCodeSignature", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(CodeSignature.TypeName, ParameterSetName = [ByPath, ByLiteralPath])]
[OutputType(typeof(string))]
public sealed class NewIoTJobCodeSignatureCommand : PSCmdlet, IDisposable
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const string TextByPath = "Document";
    private const string TextByLiteralPath = "DocumentLiteralPath";
    private const string FileByPath = "DocumentPath";
    private const string FileByLiteralPath = "DocumentPathLiteralPath";

    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _payloads = [];
    private readonly Dictionary<S3Payload, string> _locations = [];
    private SigningKey? _key;
    private string? _document;
    private SigningProgress? _progress;

    /// <summary>Files to sign; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = TextByPath)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = FileByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = null!;

    /// <summary>Files to sign, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = TextByLiteralPath)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = FileByLiteralPath)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = null!;

    /// <summary>The bucket that devices download the file from.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string BucketName { get; set; } = null!;

    /// <summary>Its key there; the file's name when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? Key { get; set; }

    /// <summary>Its version there, where the bucket keeps versions.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("Version")]
    [ValidateNotNullOrEmpty]
    public string? VersionId { get; set; }

    /// <summary>Writes the element as JSON text.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter AsJson { get; set; }

    /// <summary>A job document, JSON text, with <c>${aws:iot:code-sign-signature:s3://REGION.BUCKET/KEY@VERSION}</c> in it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TextByPath)]
    [Parameter(Mandatory = true, ParameterSetName = TextByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string Document { get; set; } = null!;

    /// <summary>A file with such a job document.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileByPath)]
    [Parameter(Mandatory = true, ParameterSetName = FileByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string DocumentPath { get; set; } = null!;

    /// <summary>A PEM file with the private key, or a PEM or PFX file with a certificate and its key.</summary>
    [Parameter]
    [Alias("CertificatePath")]
    [ValidateNotNullOrEmpty]
    public string? PrivateKeyPath { get; set; }

    /// <summary>What the key in <see cref="PrivateKeyPath"/> is encrypted with.</summary>
    [Parameter]
    public SecureString? Passphrase { get; set; }

    /// <summary>A certificate with its private key.</summary>
    [Parameter]
    public X509Certificate2? Certificate { get; set; }

    [Parameter]
    [ValidateSet("SHA256", "SHA384", "SHA512")]
    public string HashAlgorithm { get; set; } = "SHA256";

    private HashAlgorithmName Hash => new(HashAlgorithm.ToUpperInvariant());

    private bool HasDocument => ParameterSetName is not (ByPath or ByLiteralPath);

    public void Dispose()
    {
        _key?.Dispose();
        _stop.Dispose();
    }

    protected override void StopProcessing() => _stop.Cancel();

    protected override void BeginProcessing() => Terminating(() =>
    {
        _key = OpenKey();
        _progress = new(WriteProgress);
        if (MyInvocation.BoundParameters.ContainsKey(nameof(DocumentPath)))
        {
            var path = FilePaths.Literal(this, DocumentPath, DocumentText.NotReadable);
            _document = Interruptible.Run(() => DocumentText.Read(path), _stop.Token);
        }
        else if (MyInvocation.BoundParameters.ContainsKey(nameof(Document)))
        {
            _document = Document;
        }
    });

    protected override void ProcessRecord()
    {
        foreach (var path in Paths())
        {
            if (HasDocument)
            {
                _payloads.Add(path);
            }
            else
            {
                WriteElement(path);
            }
        }
    }

    protected override void EndProcessing()
    {
        if (_document is { } document && _payloads.Count > 0)
        {
            Terminating(() => WriteDocument(document));
        }
    }

    private void WriteElement(string path)
    {
        try
        {
            var location = new S3Payload(BucketName, Key ?? System.IO.Path.GetFileName(path), VersionId);
            if (!_locations.TryAdd(location, path) && _locations[location] != path)
            {
                throw new SigningException(
                    "LocationTaken", ErrorCategory.ResourceExists, path, $"{path} and {_locations[location]} cannot both be {location.Key} of {location.BucketName}.",
                    "Leave -Key out, so that each file has its own name, or give the key of each through the pipeline.");
            }
            if (Sign(path) is var (size, signature))
            {
                var element = new CodeSignature(size, signature, _key!.AlgorithmName(Hash), new(location));
                WriteObject(AsJson ? element.ToJson() : element.ToPSObject());
            }
        }
        catch (SigningException refused)
        {
            WriteError(Refusal.ToErrorRecord(refused));
        }
    }

    private void WriteDocument(string document)
    {
        var files = SignedDocument.FilesIn(document);
        var paths = files.ToDictionary(file => file, file => SignedDocument.PathOf(file, files, _payloads));
        foreach (var unused in _payloads.Except(paths.Values))
        {
            WriteWarning($"The document has no code-sign placeholder for {unused}: it was not signed.");
        }
        var signatures = new Dictionary<string, string>();
        foreach (var path in paths.Values.Distinct())
        {
            if (Sign(path) is not var (_, signature))
            {
                return;
            }
            signatures[path] = signature;
        }
        var signed = SignedDocument.Fill(document, file => signatures[paths[file]]);
        if (signed.Length > JobDocument.MaxLength)
        {
            WriteWarning($"The document has {signed.Length} characters now; a job takes {JobDocument.MaxLength} at the most.");
        }
        WriteObject(signed);
    }

    /// <summary>Bytes of the file and its signature in base64; null where it is not wanted.</summary>
    private (long Size, string Signature)? Sign(string path)
    {
        if (!ShouldProcess(path, $"Sign ({_key!.AlgorithmName(Hash)})"))
        {
            return null;
        }
        try
        {
            var (digest, size) = Payload.Hash(path, Hash, (read, all) => _progress!.Show(path, read, all), _stop.Token);
            return (size, Convert.ToBase64String(_key.Sign(digest, Hash)));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            _progress!.Complete();
        }
    }

    private SigningKey OpenKey()
    {
        if (PrivateKeyPath is null == Certificate is null)
        {
            throw new SigningException(
                PrivateKeyPath is null ? "KeyNotGiven" : "KeyGivenTwice", ErrorCategory.InvalidArgument, nameof(PrivateKeyPath),
                PrivateKeyPath is null ? "There is no key to sign with." : "Two keys were given: -PrivateKeyPath and -Certificate.",
                "Give -PrivateKeyPath or -Certificate.");
        }
        if (Certificate is not null)
        {
            return SigningKey.Of(Certificate);
        }
        using var passphrase = new Passphrase(Passphrase);
        return KeyFile.Read(FilePaths.Literal(this, PrivateKeyPath!, KeyFile.NotFound), passphrase, _stop.Token);
    }

    /// <summary>The files of this record; what is not there is an error, and the rest goes on.</summary>
    private IEnumerable<string> Paths()
    {
        var isLiteral = ParameterSetName is ByLiteralPath or TextByLiteralPath or FileByLiteralPath;
        foreach (var path in isLiteral ? LiteralPath : Path)
        {
            IReadOnlyList<string> found;
            try
            {
                found = isLiteral ? [FilePaths.Literal(this, path, Payload.NotFound)] : FilePaths.Expand(this, path, Payload.NotFound);
            }
            catch (SigningException refused) when (!HasDocument)
            {
                WriteError(Refusal.ToErrorRecord(refused));
                continue;
            }
            catch (SigningException refused)
            {
                // Half a document is of no use.
                ThrowTerminatingError(Refusal.ToErrorRecord(refused));
                throw;
            }
            foreach (var file in found)
            {
                yield return file;
            }
        }
    }

    private void Terminating(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (SigningException refused)
        {
            ThrowTerminatingError(Refusal.ToErrorRecord(refused));
        }
    }
}
